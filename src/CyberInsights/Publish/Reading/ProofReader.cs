using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Publish.Reading;

/// <summary>The words of a statement where they stand in the stored version.</summary>
public sealed record ProofPage
{
    public required ShownStatement Statement { get; init; }

    /// <summary>Headline of the stored version, at most <see cref="Excerpts.MaxCharacters"/>.</summary>
    public required string Headline { get; init; }

    /// <summary>The sentence with its neighbours, in order, as far as the excerpt limit goes.</summary>
    public required IReadOnlyList<ProofPiece> Pieces { get; init; }

    /// <summary>Whether the stored text goes on before the first piece.</summary>
    public required bool CutBefore { get; init; }

    /// <summary>Whether it goes on after the last.</summary>
    public required bool CutAfter { get; init; }

    /// <summary>When the document that the version was read from was fetched.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>SHA-256 of that document, 64 hexadecimal digits.</summary>
    public required string SnapshotHash { get; init; }

    /// <summary>The number of the newest stored version.</summary>
    public required int Newest { get; init; }

    /// <summary>Whether the words still stand in the newest version.</summary>
    public required bool StillStands { get; init; }

    /// <summary>When the source took its report down; null: it did not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}

/// <summary>A piece of a stored text.</summary>
/// <param name="Proven">These are the words that the statement rests on.</param>
public sealed record ProofPiece(string Text, bool Proven);

/// <summary>Reads where the words of a statement stand.</summary>
public sealed class ProofReader(Database database, StatementReader statements)
{
    /// <summary>Null when there is no such statement, or its proof is void.</summary>
    public async Task<ProofPage?> FindAsync(long statementId, CancellationToken cancel)
    {
        if (await statements.OfIdsAsync([statementId], cancel) is not [var statement])
        {
            return null;
        }
        var place = await database.FirstAsync<Place>(
            """
            select s.sentence_start, s.sentence_length, v.title, v.text, n.fetched_at as captured_at, n.hash as snapshot_hash,
                   r.version as newest, r.withdrawn_at, c.title as newest_title, c.text as newest_text
            from statements s
            join report_versions v on v.report_id = s.report_id and v.number = s.version
            join snapshots n on n.id = v.snapshot_id
            join reports r on r.id = s.report_id
            join report_versions c on c.report_id = r.id and c.number = r.version
            where s.id = @statementId
            """,
            new { statementId },
            cancel
        );
        return place is null ? null : Page(statement, place);
    }

    private static ProofPage Page(ShownStatement statement, Place place)
    {
        var (start, end) = (statement.Proof.First - 1, statement.Proof.Last);
        var (from, to) = ProofContext.Around(
            place.Whole,
            (start, end),
            (place.SentenceStart, place.SentenceStart + place.SentenceLength),
            quoted: statement.Quote is not null,
            statement.Source.Language
        );
        var words = place.Whole[start..end];
        return new ProofPage
        {
            Statement = statement,
            Headline = Excerpts.Shorten(place.Title),
            Pieces =
            [
                .. new[]
                {
                    new ProofPiece(place.Whole[from..start], Proven: false),
                    new ProofPiece(Excerpts.Shorten(words), Proven: true),
                    new ProofPiece(place.Whole[end..to], Proven: false),
                }.Where(p => p.Text.Length > 0),
            ],
            CutBefore = from > 0,
            CutAfter = to < place.Whole.Length,
            CapturedAt = place.CapturedAt,
            SnapshotHash = place.SnapshotHash,
            Newest = place.Newest,
            StillStands = $"{place.NewestTitle}\n{place.NewestText}".Contains(words, StringComparison.Ordinal),
            WithdrawnAt = place.WithdrawnAt,
        };
    }

    private sealed record Place
    {
        public int SentenceStart { get; init; }
        public int SentenceLength { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
        public DateTimeOffset CapturedAt { get; init; }
        public required string SnapshotHash { get; init; }
        public int Newest { get; init; }
        public DateTimeOffset? WithdrawnAt { get; init; }
        public required string NewestTitle { get; init; }
        public required string NewestText { get; init; }

        internal string Whole => field ??= $"{Title}\n{Text}";
    }
}

/// <summary>Chooses how much of a stored text is shown around words of it. Pure.</summary>
internal static class ProofContext
{
    // Neighbours that do not fit into the limit are not looked for.
    private const int Sight = 2 * Excerpts.MaxCharacters;

    /// <summary>
    /// The span that holds the words: their sentence, then the sentence before and the one after, each whole, while what the source
    /// itself says in it stays within <see cref="Excerpts.MaxCharacters"/>; the words alone where not even their sentence does.
    /// </summary>
    /// <param name="quoted">The words are somebody's that the source quotes, so that they have a limit of their own.</param>
    internal static (int From, int To) Around(
        string whole,
        (int Start, int End) words,
        (int Start, int End) sentence,
        bool quoted,
        string language
    )
    {
        var (from, to) = (Math.Min(words.Start, sentence.Start), Math.Max(words.End, sentence.End));
        if (!Fits(from, to))
        {
            return words;
        }
        var (sight, text) = (
            Math.Max(0, from - Sight),
            whole[Math.Max(0, from - Sight)..Math.Min(whole.Length, to + Sight)]
        );
        var tokens = Tokens.Of(text);
        var spans = Sentences
            .Of(text, tokens, language)
            .Select(s => (Start: sight + tokens[s.First].Start, End: sight + tokens[s.End - 1].End))
            .ToList();
        // The first one in sight may have begun before.
        var before = spans.Skip(sight > 0 ? 1 : 0).LastOrDefault(s => s.End <= from, (Start: from, End: from)).Start;
        var after = spans
            .SkipLast(sight + text.Length < whole.Length ? 1 : 0)
            .FirstOrDefault(s => s.Start >= to, (Start: to, End: to))
            .End;
        from = Fits(before, to) ? before : from;
        return (from, Fits(from, after) ? after : to);

        bool Fits(int start, int end) => end - start - (quoted ? words.End - words.Start : 0) <= Excerpts.MaxCharacters;
    }
}
