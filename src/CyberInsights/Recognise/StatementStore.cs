using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>statements</c>.</summary>
public sealed class StatementStore
{
    /// <summary>
    /// Replaces the statements of the reports. One that says the same in the same sentence keeps its id, also when an edit moved it.
    /// </summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        var kept = await KnownAsync(t, reportIds, cancel);
        await t.ExecuteAsync("delete from statements where report_id in @reportIds", new { reportIds }, cancel);
        var rows = new List<object?[]>();
        foreach (var report in reports)
        {
            var ordinal = 0;
            foreach (var statement in report.Recognition.Statements)
            {
                Prove(report, statement);
                rows.Add(Row(t, report, statement, ordinal++, ids, kept));
            }
        }
        await t.InsertAsync(
            """
            statements (id, report_id, version, ordinal, speaker_id, speaker, speaker_role, speaker_country, stance,
            target_id, target, sentence_start, sentence_length, quote_start, quote_length, language, text_hash, confidence)
            """,
            rows,
            "",
            cancel
        );
    }

    // What cannot be shown in the stored text is not stored: design.md calls it quote proof.
    private static void Prove(Recognised report, StatementDraft statement)
    {
        var length = report.Text.Title.Length + 1 + report.Text.Text.Length;
        var sentence = statement.Sentence;
        var quote = statement.Quote ?? sentence;
        if (sentence.Start < 0 || sentence.End > length || quote.Length <= 0 || !sentence.Contains(quote))
        {
            throw new InvalidOperationException(
                $"A statement of report {report.Text.Id} has offsets outside its text: {sentence}, {quote}."
            );
        }
    }

    private static object?[] Row(
        Transaction t,
        Recognised report,
        StatementDraft statement,
        int ordinal,
        IReadOnlyDictionary<string, long> ids,
        Dictionary<Identity, Queue<long>> kept
    )
    {
        var sentence = Excerpt(report.Text.Title, report.Text.Text, statement.Sentence);
        var identity = new Identity(report.Text.Id, (int)statement.Stance, statement.SpeakerName, sentence);
        return
        [
            kept.TryGetValue(identity, out var known) && known.TryDequeue(out var id) ? id : t.NextId(),
            report.Text.Id,
            report.Text.Version,
            ordinal,
            statement.Speaker is null ? null : ids[statement.Speaker.Key],
            statement.SpeakerName,
            statement.SpeakerRole,
            statement.SpeakerCountry,
            (int)statement.Stance,
            statement.Target is null ? null : ids[statement.Target.Key],
            statement.TargetName,
            statement.Sentence.Start,
            statement.Sentence.Length,
            statement.Quote?.Start,
            statement.Quote?.Length,
            statement.Language,
            report.Text.TextHash,
            statement.Confidence,
        ];
    }

    private static async Task<Dictionary<Identity, Queue<long>>> KnownAsync(
        Transaction t,
        long[] reportIds,
        CancellationToken cancel
    )
    {
        var rows = await t.QueryAsync<Known>(
            """
            select s.id, s.report_id, s.stance, s.speaker, s.sentence_start, s.sentence_length, v.title, v.text
            from statements s join report_versions v on v.report_id = s.report_id and v.number = s.version
            where s.report_id in @reportIds order by s.report_id, s.ordinal
            """,
            new { reportIds },
            cancel
        );
        return rows.GroupBy(s => new Identity(
                s.ReportId,
                s.Stance,
                s.Speaker,
                Excerpt(s.Title, s.Text, new Span(s.SentenceStart, s.SentenceLength))
            ))
            .ToDictionary(g => g.Key, g => new Queue<long>(g.Select(s => s.Id)));
    }

    private static string Excerpt(string title, string text, Span span) =>
        $"{title}\n{text}".Substring(span.Start, span.Length);

    private sealed record Identity(long ReportId, int Stance, string Speaker, string Sentence);

    private sealed class Known
    {
        public long Id { get; init; }
        public long ReportId { get; init; }
        public int Stance { get; init; }
        public string Speaker { get; init; } = "";
        public int SentenceStart { get; init; }
        public int SentenceLength { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
