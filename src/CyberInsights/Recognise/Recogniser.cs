using CyberInsights.Extract.Pages;
using CyberInsights.Recognise.Attributing;
using CyberInsights.Recognise.English;
using CyberInsights.Recognise.Facts;
using CyberInsights.Recognise.Patterns;
using CyberInsights.Recognise.Tagging;

namespace CyberInsights.Recognise;

/// <summary>
/// Understands a text on its own, by lists, rules and a small trained tagger: entities, what links them, who says what, sections. Pure, deterministic,
/// thread safe; linear in the length of the text, more than a million characters a second on one core.
/// </summary>
public static class Recogniser
{
    /// <summary>More of a text is not read: no report is this long, hostile input is.</summary>
    public const int MaxCharacters = 2_000_000;

    /// <param name="language">BCP 47 primary tag; English, German, Czech, French, Spanish, Russian, Arabic and Chinese have rules for statements, every language has names.</param>
    /// <param name="told">When the text was published, which "on Tuesday" counts from; null when nobody knows.</param>
    public static Recognition Read(string title, string text, string language, DateTimeOffset? told = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(language);
        var reading = new Reading(Limited(title), Limited(text), language);
        var found = Find(reading);
        var links = new LinkFinder(reading, found).Find();
        var (said, attributions) = Say(reading, found);
        var statements = new DateFinder(reading, told).Timed(said);
        return new Recognition
        {
            Mentions = [.. found.All.Select(f => f.Mention).OrderBy(m => m.Start).ThenByDescending(m => m.Length)],
            Indicators = IndicatorFinder.Find(reading.Whole),
            Links = links,
            Statements = [.. statements.Select(s => WithLanguage(s, reading))],
            Attributions = attributions,
            Facts = FactFinder.Find(reading, found, statements, links, told),
            Topics = Sections.Weigh(reading, found.All),
        };
    }

    // English has a parser, the other languages go by patterns.
    private static (IReadOnlyList<StatementDraft>, IReadOnlyList<Attribution>) Say(Reading reading, FoundIndex found)
    {
        if (reading.Language != "en")
        {
            return (StatementFinder.Find(reading, found), []);
        }
        var finder = new AttributionFinder(reading, found, Grammar.Of("en")!);
        var tellings = finder.Find();
        return (EnglishStatements.Find(reading, found, tellings), finder.Shown(tellings));
    }

    private static StatementDraft WithLanguage(StatementDraft statement, Reading reading)
    {
        var words = statement.Quote ?? statement.Sentence;
        return statement with
        {
            Language = LanguageOf.Quoted(reading.Whole.Substring(words.Start, words.Length), reading.Language),
        };
    }

    internal static FoundIndex Find(Reading reading) => Find(reading, TagModel.Shipped);

    /// <param name="model">Null to go by lists and rules alone.</param>
    internal static FoundIndex Find(Reading reading, TagModel? model)
    {
        var found = new FoundIndex(reading.Tokens.Count);
        if (reading.Tokens.Count > 0)
        {
            var listing = new Listing(reading);
            var judge = new NameJudge(reading, listing, TagsOf(reading, listing, model), found);
            judge.TakeListed();
            FamilyForm.Find(reading, listing, found);
            NameFinder.FindIds(reading, found);
            new BodyFinder(reading, found).Find();
            new PersonFinder(reading, found).Find();
            judge.TakeTagged();
            new OrganisationFinder(reading, found).Find();
            new LocalNames(reading, found).Find();
        }
        return found;
    }

    // The tagger knows English only.
    private static Tags TagsOf(Reading reading, Listing listing, TagModel? model) =>
        reading.Language == "en" && model is not null
            ? new NameTagger(model, new TagFeatures(reading, listing)).Read(reading.Sentences)
            : Tags.None;

    private static string Limited(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters];
}
