using System.Globalization;
using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>A statement as it is stored, with the text that its places count in.</summary>
internal sealed record KnownStatement(Statement Row, string Whole)
{
    internal string Sentence => Whole.Substring(Row.SentenceStart, Row.SentenceLength);

    /// <summary>A person took it up; it is theirs, whatever is found later.</summary>
    internal bool Touched => Row.FoundAs is not null || Row.DecidedAt is not null;

    /// <summary>As what it was found, by which it is known again.</summary>
    internal string FoundAs => Row.FoundAs ?? KnownStatements.FoundAs(Row.Stance, Row.Speaker, Sentence);

    /// <summary>
    /// The row in another version of its report. Where its sentence is gone, what readers saw goes back to the desk, at the version that
    /// proves it.
    /// </summary>
    internal Statement In(ReportText report, int ordinal)
    {
        var at = KnownStatements.Find($"{report.Title}\n{report.Text}", Sentence, Row.SentenceStart);
        if (at < 0)
        {
            return Row with
            {
                Ordinal = ordinal,
                FoundAs = FoundAs,
                State = Row.State == StatementState.Rejected ? Row.State : StatementState.Waiting,
                DecidedAt = Row.State == StatementState.Rejected ? Row.DecidedAt : null,
            };
        }
        var shift = at - Row.SentenceStart;
        return Row with
        {
            Ordinal = ordinal,
            FoundAs = FoundAs,
            Version = report.Version,
            TextHash = report.TextHash,
            SentenceStart = at,
            QuoteStart = Row.QuoteStart + shift,
            SaidStart = Row.SaidStart + shift,
        };
    }
}

/// <summary>What is stored of some reports, to be known again when they are recognised anew.</summary>
internal sealed class KnownStatements
{
    private readonly Dictionary<(long ReportId, string FoundAs), Queue<KnownStatement>> known;

    private KnownStatements(IEnumerable<KnownStatement> known) =>
        this.known = known
            .GroupBy(k => (k.Row.ReportId, k.FoundAs))
            .ToDictionary(g => g.Key, g => new Queue<KnownStatement>(g));

    /// <summary>Those not taken yet, in the order of their texts.</summary>
    internal IEnumerable<KnownStatement> Left => known.Values.SelectMany(k => k).OrderBy(k => k.Row.Ordinal);

    internal static string FoundAs(Stance stance, string speaker, string sentence) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)stance}\n{speaker}\n{sentence}");

    internal static string FoundAs(ReportText report, StatementDraft draft) =>
        FoundAs(
            draft.Stance,
            draft.SpeakerName,
            $"{report.Title}\n{report.Text}".Substring(draft.Sentence.Start, draft.Sentence.Length)
        );

    /// <summary>Where words stand in a text, the place nearest to the one they had; -1: nowhere.</summary>
    internal static int Find(string whole, string words, int near)
    {
        var best = -1;
        for (
            var at = whole.IndexOf(words, StringComparison.Ordinal);
            at >= 0 && (best < 0 || Math.Abs(at - near) < Math.Abs(best - near));
            at = at + 1 < whole.Length ? whole.IndexOf(words, at + 1, StringComparison.Ordinal) : -1
        )
        {
            best = at;
        }
        return best;
    }

    internal static async Task<KnownStatements> ReadAsync(Transaction t, long[] reportIds, CancellationToken cancel)
    {
        var rows = await t.QueryAsync<Statement>(
            "select * from statements where report_id in @reportIds order by report_id, ordinal",
            new { reportIds },
            cancel
        );
        var texts = (
            await t.QueryAsync<Version>(
                """
                select report_id, number, title, text from report_versions v
                where report_id in @reportIds and exists (
                    select 1 from statements s where s.report_id = v.report_id and s.version = v.number)
                """,
                new { reportIds },
                cancel
            )
        ).ToDictionary(v => (v.ReportId, v.Number), v => $"{v.Title}\n{v.Text}");
        return new KnownStatements(rows.Select(r => new KnownStatement(r, texts[(r.ReportId, r.Version)])));
    }

    internal bool Has(ReportText report, StatementDraft draft) =>
        known.ContainsKey((report.Id, FoundAs(report, draft)));

    /// <summary>What our own rules, or a person, knew a finding as; each is taken once. Null: it is new.</summary>
    internal KnownStatement? Take(ReportText report, StatementDraft draft) =>
        known.TryGetValue((report.Id, FoundAs(report, draft)), out var same)
        && same.TryPeek(out var first)
        && (first.Row.Model is null || first.Touched)
            ? same.Dequeue()
            : null;

    private sealed record Version
    {
        public long ReportId { get; init; }
        public int Number { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
