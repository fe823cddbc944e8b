using CyberInsights.Publish.Reading;

namespace CyberInsights.Deliver.Editions;

/// <summary>What of an edition one reader gets. Pure.</summary>
public static class EditionSelection
{
    /// <summary>Events that one mail or page shows.</summary>
    public const int MaxEvents = 12;
    private const int MaxArticles = 5;
    private const int MaxTrends = 6;
    private const int MaxStatements = 3;

    /// <summary>What is not left out, belongs to one of the topics and came after a moment, as short as an excerpt of each source may be.</summary>
    /// <param name="topicIds">Empty: everything.</param>
    /// <param name="since">When the reader was last told; what came at that moment they know.</param>
    public static EditionContent For(EditionContent all, IReadOnlyCollection<long> topicIds, DateTimeOffset since)
    {
        var excerpts = new Excerpts();
        return new EditionContent
        {
            Events =
            [
                .. all
                    .Events.Where(e => !e.LeftOut && IsOf(e.TopicIds))
                    .Select(e => After(e, since))
                    .Where(e => e.OpenedAt is not null || e.Changes.Count > 0)
                    .Take(MaxEvents)
                    .Select(e => Limit(e, excerpts)),
            ],
            Articles = [.. all.Articles.Where(a => !a.LeftOut && IsOf(a.TopicIds) && a.At > since).Take(MaxArticles)],
            Trends = [.. all.Trends.Where(t => !t.LeftOut && IsOf(t.TopicIds)).Take(MaxTrends)],
        };

        bool IsOf(IReadOnlyList<long> ids) => topicIds.Count == 0 || ids.Any(topicIds.Contains);
    }

    // What is new to a reader is told as a whole; of what they know, what changed.
    private static EditionEvent After(EditionEvent told, DateTimeOffset since) =>
        told.OpenedAt > since
            ? told with
            {
                Changes = [],
                Statements = [],
            }
            : told with
            {
                OpenedAt = null,
                Changes = [.. told.Changes.Where(c => c.At > since)],
                Statements = [.. told.Statements.Where(s => s.At > since).Take(MaxStatements)],
            };

    private static EditionEvent Limit(EditionEvent told, Excerpts excerpts) =>
        told with
        {
            Summary =
            [
                .. told
                    .Summary.Select(s => (Sentence: s, Text: excerpts.Take(s.SourceId, s.Text)))
                    .Where(s => s.Text is not null)
                    .Select(s => s.Sentence with { Text = s.Text! }),
            ],
            Statements =
            [
                .. told.Statements.Select(s =>
                    s.Sentence.Length == 0 ? s : s with { Sentence = excerpts.Take(s.SourceId, s.Sentence) ?? "" }
                ),
            ],
        };
}
