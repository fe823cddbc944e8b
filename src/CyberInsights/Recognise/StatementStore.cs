using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>statements</c>.</summary>
public sealed class StatementStore(Database database)
{
    /// <summary>Accepts a statement, so that readers see it, or rejects it; its event is published anew. A later decision replaces it.</summary>
    /// <returns>False when there is no such statement (any more).</returns>
    public Task<bool> DecideAsync(long id, bool accept, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var state = accept ? StatementState.Shown : StatementState.Rejected;
                var decided = await t.ExecuteAsync(
                    "update statements set state = @state, decided_at = @Now where id = @id",
                    new
                    {
                        state,
                        t.Now,
                        id,
                    },
                    cancel
                );
                var events = await t.QueryAsync<long>(
                    "select g.event_id from event_reports g join statements s on s.report_id = g.report_id where s.id = @id",
                    new { id },
                    cancel
                );
                await WorkList.AddAsync(t, Stage.Publish, events, cancel);
                return decided > 0;
            },
            cancel
        );

    /// <summary>How many statements wait for the desk.</summary>
    public Task<long> WaitingAsync(CancellationToken cancel) =>
        database.FirstAsync<long>(
            "select count(*) from statements where state = @waiting",
            new { waiting = StatementState.Waiting },
            cancel
        );

    /// <summary>
    /// Replaces the statements of the reports. One that says the same in the same sentence keeps its id and what the desk decided,
    /// also when an edit moved it.
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
            target_id, target, sentence_start, sentence_length, quote_start, quote_length, text_hash, confidence, state, decided_at)
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
        Dictionary<Identity, Queue<Known>> kept
    )
    {
        var sentence = Excerpt(report.Text.Title, report.Text.Text, statement.Sentence);
        var identity = new Identity(report.Text.Id, (int)statement.Stance, statement.SpeakerName, sentence);
        var before = kept.TryGetValue(identity, out var known) && known.TryDequeue(out var one) ? one : null;
        return
        [
            before?.Id ?? t.NextId(),
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
            report.Text.TextHash,
            statement.Confidence,
            before?.DecidedAt is null ? statement.State : before.State,
            before?.DecidedAt,
        ];
    }

    private static async Task<Dictionary<Identity, Queue<Known>>> KnownAsync(
        Transaction t,
        long[] reportIds,
        CancellationToken cancel
    )
    {
        var rows = await t.QueryAsync<Known>(
            """
            select s.id, s.report_id, s.stance, s.speaker, s.sentence_start, s.sentence_length, s.state, s.decided_at, v.title, v.text
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
            .ToDictionary(g => g.Key, g => new Queue<Known>(g));
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
        public StatementState State { get; init; }
        public DateTimeOffset? DecidedAt { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
