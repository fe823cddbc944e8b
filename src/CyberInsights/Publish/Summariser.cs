using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Publish;

/// <summary>Headline and summary of a dossier, taken word for word from the reports. Pure.</summary>
internal static class Summariser
{
    /// <summary>At most this much of one source's text stands on a public page (trust rule 6).</summary>
    internal const int MaxCharactersPerSource = 300;
    private const int MaxSentences = 4;
    private const int LeadSentences = 5;
    private const int MinWords = 6;
    private const double TwoSides = 0.5;

    // Every sentence is compared with every other, so an event of thousands gives those that count.
    private const int MaxReports = 120;

    // A sentence that a further origin has too is worth half as much again; one that only a dependent report has, a quarter.
    private const double OfFurtherOrigin = 0.5;
    private const double OfHearsay = 0.25;

    /// <summary>
    /// The headline closest to what all the headlines say, in the site's language where there is one; one that tells more than
    /// one side (an accusation and its denial) before one that tells a single one.
    /// </summary>
    internal static MaterialReport Headline(
        IReadOnlyList<MaterialReport> reports,
        IReadOnlyList<Statement> statements,
        string language
    )
    {
        var sides = statements.ToLookup(s => s.ReportId);
        var choice = reports.Where(r => r.Language == language).ToList() is { Count: > 0 } own ? own : reports;
        var weights = Weights(reports.Select(r => Words(r.Title)));
        return choice
            .OrderByDescending(r =>
                Centrality(Words(r.Title), weights) + 0.02 * r.Reliability + (Sides(r, sides[r.Id]) > 1 ? TwoSides : 0)
            )
            .ThenBy(r => r.PublishedAt)
            .ThenBy(r => r.Id)
            .First();
    }

    /// <summary>
    /// Up to four sentences: each the most central one that still says something new, those before the others that several origins
    /// have, no more than <see cref="MaxCharactersPerSource"/> from one source, in the order of telling. What only one origin has,
    /// and that no authority, names it: no such sentence stands as a fact.
    /// </summary>
    internal static IReadOnlyList<StoredSentence> Summary(
        IReadOnlyList<MaterialReport> all,
        IReadOnlyList<ReportOrigin> origins,
        string language
    )
    {
        var originOf = origins.ToDictionary(o => o.ReportId);
        var reports = Weightiest(all, originOf);
        var choice = reports.Where(r => r.Language == language).ToHashSet() is { Count: > 0 } own
            ? own
            : reports.ToHashSet();
        var sentences = reports.SelectMany(r => Candidates(r, originOf[r.Id])).ToList();
        var weights = Weights(sentences.Select(c => c.Words));
        var candidates = sentences
            .Where(c => choice.Contains(c.Report))
            .Select(c => c with { Origins = Corroboration.Of(c, sentences) })
            .ToList();
        var chosen = new List<Candidate>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (chosen.Count < MaxSentences)
        {
            var next = candidates
                .Where(c => Fits(c, chosen))
                .Select(c => (Candidate: c, Score: Score(c, weights, told)))
                .Where(c => c.Score > 0)
                .OrderByDescending(c => c.Score)
                .ThenBy(c => c.Candidate.Report.Id)
                .ThenBy(c => c.Candidate.Start)
                .FirstOrDefault();
            if (next.Candidate is null)
            {
                break;
            }
            chosen.Add(next.Candidate);
            told.UnionWith(next.Candidate.Words);
        }
        return
        [
            .. chosen
                .OrderBy(c => c.Report.PublishedAt)
                .ThenBy(c => c.Report.Id)
                .ThenBy(c => c.Start)
                .Select(c => new StoredSentence
                {
                    Text = c.Text,
                    ReportId = c.Report.Id,
                    Start = c.Start,
                    Length = c.Text.Length,
                    According = c.IsFact ? null : c.Origin.Named ?? c.Report.SourceName,
                }),
        ];
    }

    // One report of each origin first, the most reliable and then the newest.
    private static List<MaterialReport> Weightiest(
        IReadOnlyList<MaterialReport> all,
        Dictionary<long, ReportOrigin> originOf
    ) =>
        [
            .. all.OrderByDescending(r => originOf[r.Id].OriginId == r.Id)
                .ThenByDescending(r => r.Reliability)
                .ThenByDescending(r => r.Id)
                .Take(MaxReports)
                .OrderBy(r => r.Id),
        ];

    private static int Sides(MaterialReport report, IEnumerable<Statement> statements) =>
        statements.Where(s => s.SentenceStart < report.Title.Length).Select(s => s.Stance).Distinct().Count();

    private static bool Fits(Candidate candidate, List<Candidate> chosen) =>
        !chosen.Contains(candidate)
        && candidate.Text.Length
            + chosen.Where(c => c.Report.SourceId == candidate.Report.SourceId).Sum(c => c.Text.Length)
            <= MaxCharactersPerSource;

    // What is central counts, what has been told counts little, what stands early in its report counts more, and a sentence of
    // which more than half has been told is a repetition.
    private static double Score(Candidate candidate, Dictionary<string, double> weights, HashSet<string> told)
    {
        var fresh = candidate.Words.Count(w => !told.Contains(w));
        return fresh * 2 < candidate.Words.Count
            ? 0
            : (Centrality(candidate.Words, weights) * fresh / candidate.Words.Count)
                * (1 + 0.1 * candidate.Report.Reliability)
                * (candidate.IsHearsay ? OfHearsay : 1 + OfFurtherOrigin * Math.Log2(candidate.Origins))
                / (1 + 0.25 * candidate.Position);
    }

    private static IEnumerable<Candidate> Candidates(MaterialReport report, ReportOrigin origin)
    {
        var lead = report.Text.Length <= 2000 ? report.Text : report.Text[..2000];
        var tokens = Tokens.Of(lead);
        return Sentences
            .Of(lead, tokens, report.Language)
            .Take(LeadSentences)
            .Where(s => s.End > s.First)
            .Select(
                (s, i) =>
                {
                    var text = lead[tokens[s.First].Start..tokens[s.End - 1].End];
                    return new Candidate
                    {
                        Report = report,
                        Origin = origin,
                        Start = report.Title.Length + 1 + tokens[s.First].Start,
                        Position = i,
                        Text = text,
                        Words = Words(text),
                    };
                }
            )
            // A sentence cut by the end of the lead, a fragment or a paragraph without a full stop does not stand alone.
            .Where(c => c.Words.Count >= MinWords && c.Text.Length <= MaxCharactersPerSource && EndsAsSentence(c.Text));
    }

    private static bool EndsAsSentence(string text) =>
        text.TrimEnd('"', '”', '“', '»', '«', '\'', ')', ' ') is [.., '.' or '!' or '?' or '。' or '؟'];

    private static HashSet<string> Words(string text) =>
        SearchWords.Of(text).Where(w => w.Length > 2 || char.IsDigit(w[0])).ToHashSet(StringComparer.Ordinal);

    // A word that many of the texts use is what they are about; its weight is the share of texts that have it.
    private static Dictionary<string, double> Weights(IEnumerable<HashSet<string>> texts)
    {
        var sets = texts.ToList();
        return sets.SelectMany(s => s)
            .GroupBy(w => w, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (double)g.Count() / sets.Count, StringComparer.Ordinal);
    }

    private static double Centrality(HashSet<string> words, Dictionary<string, double> weights) =>
        words.Count == 0 ? 0 : words.Sum(w => weights.GetValueOrDefault(w)) / Math.Sqrt(words.Count);

    /// <summary>A sentence that may be chosen.</summary>
    internal sealed record Candidate
    {
        internal required MaterialReport Report { get; init; }
        internal required ReportOrigin Origin { get; init; }

        /// <summary>In title, line feed and text.</summary>
        internal required int Start { get; init; }

        /// <summary>0 for the first sentence of its report.</summary>
        internal required int Position { get; init; }
        internal required string Text { get; init; }
        internal required HashSet<string> Words { get; init; }

        /// <summary>How many origins say much the same, its own included.</summary>
        internal int Origins { get; init; } = 1;

        internal bool IsFact => Origins > 1 || Report.Official;

        /// <summary>Only one report says it, and that report has it from another.</summary>
        internal bool IsHearsay =>
            !IsFact
            && Origin.Reason is Dependence.Copy or Dependence.Wire or Dependence.Republished or Dependence.Quotes;
    }
}
