using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Deliver;
using CyberInsights.Edit;

namespace CyberInsights.Server.Site.Forms;

/// <summary>
/// What the value of a field must match, and the key of the sentence for one that does not. The page hands the same expressions and
/// sentences to its script, so that browser and server judge alike by construction.
/// </summary>
internal sealed record FieldRule(string Pattern, string Key)
{
    // A value is short or its expression is linear; this is for a bug.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly FieldRule Required = new(@"\S", "form.required");

    internal static IReadOnlyList<FieldRule> Address { get; } =
    [
        Required,
        new(MailAddress.OnlyAscii, "form.address.ascii"),
        new(MailAddress.OnlyOne, "form.address.one"),
        new(MailAddress.HasAt, "form.address.at"),
        new(MailAddress.HasBeforeAt, "form.address.before"),
        new(MailAddress.HasAfterAt, "form.address.after"),
        new(MailAddress.Form, "form.address.form"),
    ];

    internal static IReadOnlyList<FieldRule> Message { get; } =
    [Required, new($@"^[\s\S]{{0,{TipText.MaxMessage}}}$", "form.message.long")];

    internal static IReadOnlyList<FieldRule> Contact { get; } =
    [new($@"^[^\x00-\x1f\x7f]{{0,{TipText.MaxLine}}}$", "form.contact.line")];

    /// <summary>The key of the first rule that <paramref name="value"/> breaks; null when it keeps them all. White space around it does not count.</summary>
    internal static string? Broken(IReadOnlyList<FieldRule> rules, string value) =>
        rules
            .FirstOrDefault(r => !Regex.IsMatch(value.Trim(), r.Pattern, RegexOptions.CultureInvariant, Patience))
            ?.Key;

    /// <summary>The rules as the script reads them: <c>[["\\S", "Please fill …"], …]</c>.</summary>
    internal static string ForScript(IReadOnlyList<FieldRule> rules, Language language) =>
        JsonSerializer.Serialize(
            rules.Select(r => (string[])[r.Pattern, language.Strings[r.Key]]).ToArray(),
            FieldJson.Default.StringArrayArray
        );
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[][]))]
internal sealed partial class FieldJson : System.Text.Json.Serialization.JsonSerializerContext;
