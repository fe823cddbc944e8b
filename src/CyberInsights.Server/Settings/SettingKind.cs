using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Settings;

/// <summary>Reads what is written; false: it is wrong.</summary>
internal delegate bool Reading<T>(string written, [MaybeNullWhen(false)] out T value);

/// <summary>A kind of value: how it is asked for, what is right, and what is said when it is not.</summary>
/// <param name="Advice">What follows the quoted value in a sentence to the operator.</param>
/// <param name="Key">The text that says it at the desk, with a place for what <paramref name="Limits"/> are.</param>
internal sealed record SettingKind<T>(SettingForm Form, Reading<T> Read, string Advice, string Key, string Limits = "");

/// <summary>The kinds of values that settings have.</summary>
internal static partial class SettingKind
{
    /// <summary>Links in a list; 30.</summary>
    internal const int MaxLinks = 30;

    private const int MaxAddress = 2_048;
    private const int MaxName = 60;

    internal static SettingKind<bool> YesNo { get; } = OneOf(("true", true), ("false", false));

    internal static SettingKind<string> Mail { get; } =
        new(
            new SettingForm.Line(254),
            Found(written => MailAddress.Read(written)?.Text),
            ", which is no mail address. Write it as news@example.org.",
            "desk.settings.wrong.mail"
        );

    internal static SettingKind<City> Place { get; } =
        new(
            new SettingForm.Place(),
            Found(Cities.Named),
            ", which the list of cities does not have. Write a larger city nearby as Raleigh, NC or Praha, CZ; the page /weather finds names.",
            "desk.settings.wrong.place"
        );

    internal static SettingKind<TimeZoneInfo> Zone { get; } =
        new(
            new SettingForm.Line(64),
            TimeZoneInfo.TryFindSystemTimeZoneById,
            ", which is no time zone here. Write it as Europe/Prague.",
            "desk.settings.wrong.zone"
        );

    internal static SettingKind<IReadOnlyList<FollowLink>> Links { get; } =
        new(
            new SettingForm.Links(),
            Found(ReadLinks),
            ". Write up to 30 accounts, each as a name and its https address, separated by semicolons.",
            "desk.settings.wrong.links",
            "30"
        );

    internal static SettingKind<IReadOnlyList<ShareTarget>> Houses { get; } =
        new(
            new SettingForm.Order(),
            Found(written => Some(written, key => ShareTarget.All.FirstOrDefault(t => t.Key == key))),
            $". Write none, or some of {string.Join(";", ShareTarget.All.Select(t => t.Key))}.",
            "desk.settings.wrong.order"
        );

    // Which topics there are is in the database; one that is not there is not shown.
    internal static SettingKind<IReadOnlyList<string>> Topics { get; } =
        new(
            new SettingForm.Order(),
            Found(written => Some(written, slug => Slug.IsMatch(slug) ? slug : null)),
            ". Write none, or topics by the last part of their address, separated by semicolons.",
            "desk.settings.wrong.order"
        );

    internal static SettingKind<string> Line(int maxCharacters) =>
        new(
            new SettingForm.Line(maxCharacters),
            Found(written => written.Length <= maxCharacters && IsPlain(written) && IsSeen(written) ? written : null),
            $", which is more than one line of {Number(maxCharacters)} characters, or has signs that cannot be seen. Shorten it.",
            "desk.settings.wrong.line",
            Number(maxCharacters)
        );

    internal static SettingKind<string> Text(int maxCharacters) =>
        new(
            new SettingForm.Text(maxCharacters),
            Found(written => ReadText(written, maxCharacters)),
            $", which is more than {Number(maxCharacters)} characters, or has signs that cannot be seen. Shorten it.",
            "desk.settings.wrong.text",
            Number(maxCharacters)
        );

    internal static SettingKind<string> Markdown(int maxCharacters) =>
        Text(maxCharacters) with
        {
            Form = new SettingForm.Text(maxCharacters, Markdown: true),
            Read = Found(written => ReadText(written, maxCharacters) is { } text && CanBeShown(text) ? text : null),
        };

    internal static SettingKind<int> Whole(int least, int most) =>
        new(
            new SettingForm.Number(least, most),
            (string written, out int number) =>
                int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out number)
                && number >= least
                && number <= most,
            $". Write a whole number from {Number(least)} to {Number(most)}, or take it out.",
            "desk.settings.wrong.number",
            $"{Number(least)}–{Number(most)}"
        );

    internal static SettingKind<T> OneOf<T>(params (string Name, T Value)[] values)
        where T : notnull =>
        new(
            new SettingForm.Choice([.. values.Select(v => v.Name)]),
            (string written, [MaybeNullWhen(false)] out T value) =>
            {
                var at = Array.FindIndex(values, v => v.Name.Equals(written, StringComparison.OrdinalIgnoreCase));
                value = at < 0 ? default : values[at].Value;
                return at >= 0;
            },
            $". Write {Listed([.. values.Select(v => v.Name)])}.",
            "desk.settings.wrong.choice"
        );

    internal static SettingKind<Uri> Address(params string[] schemes) =>
        new(
            new SettingForm.Line(MaxAddress),
            (string written, [MaybeNullWhen(false)] out Uri address) =>
                Uri.TryCreate(written, UriKind.Absolute, out address)
                && written.Length <= MaxAddress
                && IsPlain(written)
                && schemes.Contains(address.Scheme),
            $". Write an address that begins with {string.Join(": or ", schemes)}:.",
            "desk.settings.wrong.address",
            string.Join(", ", schemes.Select(s => $"{s}:"))
        );

    internal static SettingKind<string> Account { get; } =
        new(
            new SettingForm.Line(254),
            Found(written => written.Length <= 254 && AccountForm.IsMatch(written) ? written : null),
            ". Write it as @name@host.",
            "desk.settings.wrong.account"
        );

    /// <summary>A link of <see cref="Links"/>; null: it is none.</summary>
    internal static FollowLink? Link(string name, string address) =>
        name.Trim() is { Length: > 0 and <= MaxName } called
        && IsPlain(called)
        && Address("https", "http").Read(address.Trim(), out var uri)
            ? new FollowLink(called, uri)
            : null;

    private static Reading<T> Found<T>(Func<string, T?> find)
        where T : class => (string written, [MaybeNullWhen(false)] out T value) => (value = find(written)) is not null;

    // Behind the last space stands the address, which has none.
    private static IReadOnlyList<FollowLink>? ReadLinks(string written)
    {
        // An address may have a semicolon in it, but not where that is what stands between two.
        var links = Parts(written, written.Contains('\n', StringComparison.Ordinal) ? '\n' : ';')
            .Select(line => Link(line[..Math.Max(0, line.LastIndexOf(' '))], line[(line.LastIndexOf(' ') + 1)..]))
            .ToList();
        return links.Count <= MaxLinks && links.All(l => l is not null) ? [.. links.OfType<FollowLink>()] : null;
    }

    private static IReadOnlyList<T>? Some<T>(string written, Func<string, T?> find)
        where T : class
    {
        var found = written == "none" ? [] : Parts(written, ';').Select(find).ToList();
        return found.Count <= 100 && found.All(f => f is not null) ? [.. found.OfType<T>()] : null;
    }

    private static string[] Parts(string written, char between) =>
        written.Split(between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? ReadText(string written, int maxCharacters) =>
        written.Length <= maxCharacters
        && !written.EnumerateRunes().Any(sign => sign.Value is not ('\n' or '\t') && IsHidden(sign))
            ? written
            : null;

    private static bool CanBeShown(string markdown)
    {
        try
        {
            EditionTrial.IntroHtml(markdown);
            return true;
        }
        catch (RefusalException)
        {
            return false;
        }
    }

    // Ends of lines would begin a header in a mail; signs that turn the direction of what follows would turn the page's words, too (UAX 9). Those
    // that join letters or mark a direction are needed to write some languages.
    private static bool IsHidden(Rune sign) =>
        Rune.GetUnicodeCategory(sign) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => sign.Value is not (0x200C or 0x200D or 0x200E or 0x200F or 0x061C),
            _ => false,
        };

    private static bool IsSeen(string written) =>
        written
            .EnumerateRunes()
            .Any(sign => !Rune.IsWhiteSpace(sign) && Rune.GetUnicodeCategory(sign) != UnicodeCategory.Format);

    private static bool IsPlain(string written) => !written.EnumerateRunes().Any(IsHidden);

    private static string Listed(IReadOnlyList<string> values) =>
        $"{string.Join(", ", values.SkipLast(1))} or {values[^1]}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^@[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+\z", RegexOptions.None, 1000)]
    private static partial Regex AccountForm { get; }

    [GeneratedRegex(@"^[a-z0-9-]{1,100}\z", RegexOptions.None, 1000)]
    private static partial Regex Slug { get; }
}
