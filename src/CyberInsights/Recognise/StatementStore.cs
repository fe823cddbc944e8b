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
                var reports = await t.QueryAsync<long>(
                    "select report_id from statements where id = @id",
                    new { id },
                    cancel
                );
                await ReportKeys.FileAsync(t, [.. reports], cancel);
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

    // What a language model proposed is numbered after all that our own rules find.
    private const int FirstProposed = 1_000_000;

    /// <summary>
    /// Replaces the statements of the reports. One that says the same in the same sentence keeps its id and what the desk decided,
    /// also when an edit moved it. What a model proposed moves with its sentence, and goes with it.
    /// </summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        var kept = (await KnownAsync(t, reportIds, cancel)).ToDictionary(
            k => k.Key,
            k => new Queue<Known>(k.Value.Where(s => s.Model is null))
        );
        await t.ExecuteAsync(
            "delete from statements where report_id in @reportIds and model is null",
            new { reportIds },
            cancel
        );
        var rows = new List<object?[]>();
        foreach (var report in reports)
        {
            var ordinal = 0;
            foreach (var statement in report.Recognition.Statements)
            {
                Prove(report, statement);
                rows.Add(Row(t, report.Text, statement, null, ordinal++, ids, kept));
            }
        }
        await InsertAsync(t, rows, cancel);
        await MoveProposedAsync(t, reports, cancel);
    }

    /// <summary>Adds what a language model proposed of a report, but for what stands there already.</summary>
    internal static async Task AddAsync(
        Transaction t,
        ReportText report,
        IReadOnlyList<StatementDraft> proposed,
        string model,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var known = await KnownAsync(t, [report.Id], cancel);
        var last = await t.FirstAsync<int?>(
            "select max(ordinal) from statements where report_id = @Id and model is not null",
            new { report.Id },
            cancel
        );
        var ordinal = last + 1 ?? FirstProposed;
        await InsertAsync(
            t,
            [
                .. proposed
                    .Where(s => !known.ContainsKey(IdentityOf(report, s)))
                    .Select(s => Row(t, report, s, model, ordinal++, ids, [])),
            ],
            cancel
        );
    }

    private static Task InsertAsync(Transaction t, IReadOnlyCollection<object?[]> rows, CancellationToken cancel) =>
        t.InsertAsync(
            """
            statements (id, report_id, version, ordinal, speaker_id, speaker, speaker_role, speaker_country, stance,
            target_id, target, sentence_start, sentence_length, quote_start, quote_length, language, text_hash, confidence, said_at, said_start,
            said_length, state, decided_at, model)
            """,
            rows,
            "",
            cancel
        );

    private static async Task MoveProposedAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        CancellationToken cancel
    )
    {
        var texts = reports.ToDictionary(r => r.Text.Id);
        foreach (
            var known in (await KnownAsync(t, [.. texts.Keys], cancel)).SelectMany(k =>
                k.Value.Select(v => (k.Key, Row: v))
            )
        )
        {
            if (known.Row.Model is null)
            {
                continue;
            }
            var report = texts[known.Row.ReportId];
            var at = $"{report.Text.Title}\n{report.Text.Text}".IndexOf(known.Key.Sentence, StringComparison.Ordinal);
            if (at < 0 || report.Recognition.Statements.Any(s => IdentityOf(report.Text, s) == known.Key))
            {
                await t.ExecuteAsync("delete from statements where id = @Id", known.Row, cancel);
                continue;
            }
            await t.ExecuteAsync(
                """
                update statements set version = @Version, text_hash = @TextHash, sentence_start = sentence_start + @shift,
                    quote_start = quote_start + @shift, said_start = said_start + @shift
                where id = @Id
                """,
                new
                {
                    report.Text.Version,
                    report.Text.TextHash,
                    shift = at - known.Row.SentenceStart,
                    known.Row.Id,
                },
                cancel
            );
        }
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
        ReportText report,
        StatementDraft statement,
        string? model,
        int ordinal,
        IReadOnlyDictionary<string, long> ids,
        Dictionary<Identity, Queue<Known>> kept
    )
    {
        var before =
            kept.TryGetValue(IdentityOf(report, statement), out var known) && known.TryDequeue(out var one)
                ? one
                : null;
        return
        [
            before?.Id ?? t.NextId(),
            report.Id,
            report.Version,
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
            report.TextHash,
            statement.Confidence,
            statement.SaidAt,
            statement.SaidOn?.Start,
            statement.SaidOn?.Length,
            before?.DecidedAt is null ? statement.State : before.State,
            before?.DecidedAt,
            model,
        ];
    }

    private static Identity IdentityOf(ReportText report, StatementDraft statement) =>
        new(
            report.Id,
            (int)statement.Stance,
            statement.SpeakerName,
            Excerpt(report.Title, report.Text, statement.Sentence)
        );

    private static async Task<Dictionary<Identity, List<Known>>> KnownAsync(
        Transaction t,
        long[] reportIds,
        CancellationToken cancel
    )
    {
        var rows = await t.QueryAsync<Known>(
            """
            select s.id, s.report_id, s.stance, s.speaker, s.sentence_start, s.sentence_length, s.state, s.decided_at, s.model, v.title, v.text
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
            .ToDictionary(g => g.Key, g => g.ToList());
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
        public string? Model { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
    }
}
