using System.Text.Json.Serialization;
using CyberInsights.Capture;

namespace CyberInsights.Extract;

/// <summary>
/// What a person says about a source: a field that is null stays as it is, an empty text takes the entry out. Pure; the same for the
/// command line, the desk and the way back.
/// </summary>
public sealed record SourceChange
{
    /// <summary>The most characters of a field but the address and the rules.</summary>
    public const int MaxText = 300;

    public string? Name { get; init; }

    /// <summary>Where it is read from now on; what was read from the old address stays.</summary>
    public string? Address { get; init; }
    public string? Home { get; init; }
    public string? Language { get; init; }
    public string? Country { get; init; }
    public string? Ownership { get; init; }
    public string? Owner { get; init; }
    public string? Interest { get; init; }
    public int? Reliability { get; init; }
    public bool? FullText { get; init; }
    public bool? WatchEdits { get; init; }

    /// <summary>All that it is sorted under.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary><c>all</c> or <c>field</c>.</summary>
    public string? Relevance { get; init; }

    /// <summary>Rules, one a line.</summary>
    public string? Include { get; init; }

    /// <inheritdoc cref="Include"/>
    public string? Exclude { get; init; }

    /// <summary>Whether no field is named.</summary>
    [JsonIgnore]
    public bool Empty => this == new SourceChange();

    /// <summary>Whether what becomes a report may be decided otherwise than before.</summary>
    [JsonIgnore]
    public bool ChangesSelection => (Relevance ?? Include ?? Exclude) is not null;

    /// <summary><paramref name="source"/> with what is said here; whether its address may be read is not asked.</summary>
    /// <exception cref="RefusalException">A value cannot be used.</exception>
    public Source ApplyTo(Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var changed = source with
        {
            Name = Text("name", Name, source.Name) ?? throw Refuse("The name is empty", "Give one"),
            Address = Address is null ? source.Address : Whole(Address.Trim()),
            Home = Text("home", Home, source.Home),
            Language = Checked(
                Text("language", Language, source.Language),
                source.Language,
                SourceFile.IsLanguageTag,
                tag => Refuse($"{tag} is no language tag", "Give one such as en, pt-BR or zh-Hant")
            ),
            Country = Checked(
                Text("country", Country, source.Country)?.ToUpperInvariant(),
                source.Country,
                code => code.Length == 2 && code.All(char.IsAsciiLetterUpper),
                code => Refuse($"{code} is no country code", "Give two letters such as CZ")
            ),
            Ownership = OneOf(
                "ownership",
                Text("ownership", Ownership, source.Ownership),
                source.Ownership,
                SourceFile.Ownerships
            ),
            Owner = Text("owner", Owner, source.Owner),
            Interest = Text("interest", Interest, source.Interest),
            Reliability = (Reliability ?? source.Reliability) is >= 1 and <= 5 and var number
                ? number
                : throw Refuse("The reliability is not from 1 to 5", "Give 1 (unproven) to 5 (excellent)"),
            FullText = FullText ?? source.FullText,
            WatchEdits = WatchEdits ?? source.WatchEdits,
            Labels = Labels is null ? source.Labels : Words(Labels),
            Relevance = OneOf("relevance", Relevance, null, ["all", "field"]) switch
            {
                null => source.Relevance,
                "field" => CyberInsights.Relevance.Field,
                _ => CyberInsights.Relevance.All,
            },
            IncludeRules = Include is null ? source.IncludeRules : Lines(Include),
            ExcludeRules = Exclude is null ? source.ExcludeRules : Lines(Exclude),
        };
        // Said here in a sentence, not later in the log.
        ItemRules.Of(changed);
        return changed;
    }

    /// <summary>What makes <paramref name="from"/> say what <paramref name="to"/> says; empty when they say the same.</summary>
    public static SourceChange Between(Source from, Source to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        return new SourceChange
        {
            Name = Differs(from.Name, to.Name),
            Address = Differs(from.Address, to.Address),
            Home = Differs(from.Home, to.Home),
            Language = Differs(from.Language, to.Language),
            Country = Differs(from.Country, to.Country),
            Ownership = Differs(from.Ownership, to.Ownership),
            Owner = Differs(from.Owner, to.Owner),
            Interest = Differs(from.Interest, to.Interest),
            Reliability = from.Reliability == to.Reliability ? null : to.Reliability,
            FullText = from.FullText == to.FullText ? null : to.FullText,
            WatchEdits = from.WatchEdits == to.WatchEdits ? null : to.WatchEdits,
            Labels = (from.Labels ?? []).SequenceEqual(to.Labels ?? []) ? null : to.Labels ?? [],
            Relevance =
                from.Relevance == to.Relevance ? null
                : to.Relevance == CyberInsights.Relevance.Field ? "field"
                : "all",
            Include = Differs(from.IncludeRules, to.IncludeRules),
            Exclude = Differs(from.ExcludeRules, to.ExcludeRules),
        };
    }

    // As it is stored, so that what was written and what is there can be compared.
    private static string Whole(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : address;

    private static string? Differs(string? from, string? to) => from == to ? null : to ?? "";

    private static string? Text(string field, string? given, string? before)
    {
        var text = given?.Trim();
        return text is null ? before
            : text.Length > MaxText
                ? throw Refuse($"The {field} has more than {MaxText} characters", "Give a shorter one")
            : text.Length == 0 ? null
            : text;
    }

    private static string? OneOf(string field, string? value, string? before, IReadOnlyList<string> allowed) =>
        Checked(
            value,
            before,
            allowed.Contains,
            v => Refuse($"The {field} is {v}", $"Give one of {string.Join(", ", allowed)}")
        );

    // What stands there already may stay, whatever it is.
    private static string? Checked(
        string? value,
        string? before,
        Func<string, bool> fits,
        Func<string, RefusalException> refuse
    ) => value is null || value == before || fits(value) ? value : throw refuse(value);

    private static IReadOnlyList<string> Words(IReadOnlyList<string> labels) =>
        [
            .. labels
                .Select(OpmlReader.Label)
                .OfType<string>()
                .Distinct()
                .Take(OpmlReader.MaxDepth)
                .Order(StringComparer.Ordinal),
        ];

    private static string? Lines(string rules) =>
        string.Join('\n', rules.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            is { Length: > 0 } lines
            ? lines
            : null;

    private static RefusalException Refuse(string happened, string remedy) =>
        new(RefusalKind.BadInput, $"{happened}: nothing was changed. {remedy}.");
}
