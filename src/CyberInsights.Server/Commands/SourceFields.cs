using System.CommandLine;
using CyberInsights.Capture;
using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

/// <summary>What a person may say about a source, as options of a command; an empty value takes an entry out.</summary>
internal sealed class SourceFields
{
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

    /// <summary>What was given.</summary>
    /// <exception cref="RefusalException">A switch is neither on nor off.</exception>
    internal SourceChange Read(ParseResult result) =>
        new()
        {
            Name = Text(result, name),
            Home = Text(result, home),
            Language = Text(result, language),
            Country = Text(result, country),
            Ownership = Text(result, ownership),
            Owner = Text(result, owner),
            Interest = Text(result, interest),
            Reliability = result.GetValue(reliability),
            FullText = Switch(result, fullText),
            WatchEdits = Switch(result, watchEdits),
            Labels = result.GetResult(labels) is null ? null : result.GetValue(labels),
            Relevance = Text(result, relevance),
            Include = Lines(result, include),
            Exclude = Lines(result, exclude),
        };

    private static string? Text(ParseResult result, Option<string?> option) =>
        result.GetResult(option) is null ? null : result.GetValue(option) ?? "";

    private static bool? Switch(ParseResult result, Option<string?> option) =>
        result.GetResult(option) is null ? null
        : result.GetValue(option) is null or "on" or "true" ? true
        : result.GetValue(option) is "off" or "false" ? false
        : throw new RefusalException(
            RefusalKind.BadInput,
            $"{option.Name} is {result.GetValue(option)}: nothing was changed. Give on or off."
        );

    private static string? Lines(ParseResult result, Option<string[]?> option) =>
        result.GetResult(option) is null ? null : string.Join('\n', result.GetValue(option) ?? []);
}
