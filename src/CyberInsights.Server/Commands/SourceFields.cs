using System.CommandLine;
using CyberInsights.Capture;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

/// <summary>What a person may say about a source, as options of a command; an empty value takes an entry out.</summary>
internal sealed class SourceFields
{
    private const int MaxText = 300;

    private readonly Option<string?> name = new("--name") { Description = "The publisher's name." };
    private readonly Option<string?> home = new("--home") { Description = "Where a reader would go." };
    private readonly Option<string?> language = new("--language")
    {
        Description = "BCP 47 tag of what it writes in: en, pt-BR.",
    };
    private readonly Option<string?> country = new("--country") { Description = "ISO 3166 code of two letters: CZ." };
    private readonly Option<string?> ownership = new("--ownership")
    {
        Description = $"Who owns it: {string.Join(", ", SourceFile.Ownerships)}.",
    };
    private readonly Option<string?> owner = new("--owner")
    {
        Description = "The owner's name; sources of one owner count as one voice.",
    };
    private readonly Option<string?> interest = new("--interest")
    {
        Description = "Whose voice it is, in a few words: trade press, vendor research.",
    };
    private readonly Option<int?> reliability = new("--reliability") { Description = "1 (unproven) to 5 (excellent)." };
    private readonly Option<string?> fullText = new("--full-text")
    {
        Description = "on: its feed has teasers only, so each item's page is fetched; off.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> watchEdits = new("--watch-edits")
    {
        Description = "on: the pages of its reports are looked at again for three days, to see what it edits; off.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string[]?> labels = new("--label")
    {
        Description = "What it is sorted under; several times for several.",
    };
    private readonly Option<string?> relevance = new("--relevance")
    {
        Description = "all: every item is wanted; field: those that are about our field (general news).",
    };
    private readonly Option<string[]?> include = new("--include")
    {
        Description =
            "A rule; only items that fit one of them become reports. Words, title: words, category: words, url: part, author: words, or /pattern/. Several times for several.",
    };
    private readonly Option<string[]?> exclude = new("--exclude")
    {
        Description = "A rule; items that fit it do not become reports. Written as for --include.",
    };

    private IReadOnlyList<Option> All =>
        [
            name,
            home,
            language,
            country,
            ownership,
            owner,
            interest,
            reliability,
            fullText,
            watchEdits,
            labels,
            relevance,
            include,
            exclude,
        ];

    internal void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The names of the fields that were given.</summary>
    internal IReadOnlyList<string> Given(ParseResult result) =>
        [.. All.Where(o => result.GetResult(o) is not null).Select(o => o.Name.TrimStart('-'))];

    /// <summary>Whether what becomes a report may be decided otherwise than before.</summary>
    internal bool ChangesSelection(ParseResult result) =>
        new Option[] { relevance, include, exclude }.Any(o => result.GetResult(o) is not null);

    /// <summary><paramref name="source"/> with what was given.</summary>
    /// <exception cref="RefusalException">A value cannot be used.</exception>
    internal Source Apply(ParseResult result, Source source)
    {
        var changed = source with
        {
            Name = Text(result, name, source.Name) is { Length: > 0 } text
                ? text
                : throw Refuse("The name is empty", "Give one"),
            Home = Text(result, home, source.Home),
            Language = Tag(result, source.Language),
            Country = CountryOf(result, source.Country),
            Ownership = OneOf(result, ownership, source.Ownership, SourceFile.Ownerships),
            Owner = Text(result, owner, source.Owner),
            Interest = Text(result, interest, source.Interest),
            Reliability = Number(result, source.Reliability),
            FullText = Switch(result, fullText, source.FullText),
            WatchEdits = Switch(result, watchEdits, source.WatchEdits),
            Labels = Words(result, source.Labels),
            Relevance = OneOf(result, relevance, source.Relevance.ToString(), ["all", "field"]) is "field" or "Field"
                ? Relevance.Field
                : Relevance.All,
            IncludeRules = Lines(result, include, source.IncludeRules),
            ExcludeRules = Lines(result, exclude, source.ExcludeRules),
        };
        // Said here in a sentence, not later in the log.
        ItemRules.Of(changed);
        return changed;
    }

    private static string? Text(ParseResult result, Option<string?> option, string? before)
    {
        if (result.GetResult(option) is null)
        {
            return before;
        }
        var text = result.GetValue(option)?.Trim() ?? "";
        return text.Length > MaxText
                ? throw Refuse($"{option.Name} has more than {MaxText} characters", "Give a shorter one")
            : text.Length == 0 ? null
            : text;
    }

    private static string? OneOf(
        ParseResult result,
        Option<string?> option,
        string? before,
        IReadOnlyList<string> allowed
    ) =>
        Text(result, option, before) is not { } text || text == before || allowed.Contains(text)
            ? Text(result, option, before)
            : throw Refuse($"{option.Name} is {text}", $"Give one of {string.Join(", ", allowed)}");

    private string? Tag(ParseResult result, string? before) =>
        Text(result, language, before) is not { } tag || tag == before || SourceFile.IsLanguageTag(tag)
            ? Text(result, language, before)
            : throw Refuse($"{tag} is no language tag", "Give one such as en, pt-BR or zh-Hant");

    private string? CountryOf(ParseResult result, string? before) =>
        Text(result, country, before)?.ToUpperInvariant() is not { } code
        || (code.Length == 2 && code.All(char.IsAsciiLetterUpper))
            ? Text(result, country, before)?.ToUpperInvariant()
            : throw Refuse($"{code} is no country code", "Give two letters such as CZ");

    private int Number(ParseResult result, int before) =>
        (result.GetValue(reliability) ?? before) is >= 1 and <= 5 and var number
            ? number
            : throw Refuse("The reliability is not from 1 to 5", "Give 1 (unproven) to 5 (excellent)");

    private static bool Switch(ParseResult result, Option<string?> option, bool before) =>
        result.GetResult(option) is null ? before
        : result.GetValue(option) is null or "on" or "true" ? true
        : result.GetValue(option) is "off" or "false" ? false
        : throw Refuse($"{option.Name} is {result.GetValue(option)}", "Give on or off");

    private IReadOnlyList<string>? Words(ParseResult result, IReadOnlyList<string>? before) =>
        result.GetResult(labels) is null
            ? before
            :
            [
                .. result
                    .GetValue(labels)!
                    .Select(OpmlReader.Label)
                    .OfType<string>()
                    .Distinct()
                    .Take(OpmlReader.MaxDepth),
            ];

    private static string? Lines(ParseResult result, Option<string[]?> option, string? before) =>
        result.GetResult(option) is null ? before
        : string.Join('\n', result.GetValue(option)!.Select(l => l.Trim()).Where(l => l.Length > 0))
            is { Length: > 0 } lines
            ? lines
        : null;

    private static RefusalException Refuse(string happened, string remedy) =>
        new(RefusalKind.BadInput, $"{happened}: nothing was changed. {remedy}.");
}
