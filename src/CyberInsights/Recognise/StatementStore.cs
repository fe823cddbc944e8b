using CyberInsights.Storage;

namespace CyberInsights.Recognise;

/// <summary>Writes <c>statements</c>.</summary>
public sealed class StatementStore(Database database)
{
    /// <summary>How many statements wait for the desk.</summary>
    public Task<long> WaitingAsync(CancellationToken cancel) =>
        database.FirstAsync<long>(
            "select count(*) from statements where state = @waiting",
            new { waiting = StatementState.Waiting },
            cancel
        );

    /// <summary>All of a statement that a person may change; null: there is no such statement (any more).</summary>
    public static Task<StatementCoding?> ReadAsync(Transaction t, long id, CancellationToken cancel) =>
        t.FirstAsync<StatementCoding>("select * from statements where id = @id", new { id }, cancel);

    /// <summary>Accepts a statement, so that readers see it, or rejects it; its event is published anew. A later decision replaces it.</summary>
    /// <returns>What it was before and is now; null: there is no such statement (any more).</returns>
    public static async Task<(StatementCoding Was, StatementCoding Became)?> DecideAsync(
        Transaction t,
        long id,
        bool accept,
        CancellationToken cancel
    )
    {
        if (await ReadAsync(t, id, cancel) is not { } was)
        {
            return null;
        }
        var became = was with { State = accept ? StatementState.Shown : StatementState.Rejected, DecidedAt = t.Now };
        return (was, await WriteAsync(t, id, became, cancel));
    }

    /// <summary>
    /// Stores what a person made of a statement, whose places have been found in the stored version that it names; its event is published
    /// anew.
    /// </summary>
    /// <returns>What is stored now.</returns>
    public static async Task<StatementCoding> WriteAsync(
        Transaction t,
        long id,
        StatementCoding became,
        CancellationToken cancel
    )
    {
        var reportId = await t.FirstAsync<long>("select report_id from statements where id = @id", new { id }, cancel);
        var known = (await KnownStatements.ReadAsync(t, [reportId], cancel)).Left.First(k => k.Row.Id == id);
        var stored = became with { FoundAs = became.DecidedAt is null ? became.FoundAs : known.FoundAs };
        await t.ExecuteAsync(
            """
            update statements set state = @State, decided_at = @DecidedAt, found_as = @FoundAs, stance = @Stance, speaker_id = @SpeakerId,
                speaker = @Speaker, speaker_role = @SpeakerRole, speaker_country = @SpeakerCountry, target_id = @TargetId, target = @Target,
                version = @Version, text_hash = @TextHash, sentence_start = @SentenceStart, sentence_length = @SentenceLength,
                quote_start = @QuoteStart, quote_length = @QuoteLength
            where id = @id
            """,
            new
            {
                id,
                stored.State,
                stored.DecidedAt,
                stored.FoundAs,
                stored.Stance,
                stored.SpeakerId,
                stored.Speaker,
                stored.SpeakerRole,
                stored.SpeakerCountry,
                stored.TargetId,
                stored.Target,
                stored.Version,
                stored.TextHash,
                stored.SentenceStart,
                stored.SentenceLength,
                stored.QuoteStart,
                stored.QuoteLength,
            },
            cancel
        );
        await ReportKeys.FileAsync(t, [reportId], cancel);
        var events = await t.QueryAsync<long>(
            "select event_id from event_reports where report_id = @reportId",
            new { reportId },
            cancel
        );
        await WorkList.AddAsync(t, Stage.Publish, events, cancel);
        return (await ReadAsync(t, id, cancel))!;
    }

    // What a language model proposed is numbered after all that our own rules find.
    private const int FirstProposed = 1_000_000;

    /// <summary>
    /// Replaces the statements of the reports. One that says the same in the same sentence keeps its id, also when an edit moved it. What a
    /// person decided or changed stays as long as its sentence stands, whether it is found again or not, and is found as nothing else;
    /// else it waits for the desk. What a model proposed moves with its sentence, and goes with it.
    /// </summary>
    internal static async Task ReplaceAsync(
        Transaction t,
        IReadOnlyList<Recognised> reports,
        IReadOnlyDictionary<string, long> ids,
        CancellationToken cancel
    )
    {
        var reportIds = reports.Select(r => r.Text.Id).ToArray();
        var known = await KnownStatements.ReadAsync(t, reportIds, cancel);
        await t.ExecuteAsync(
            "delete from statements where report_id in @reportIds and (model is null or found_as is not null or decided_at is not null)",
            new { reportIds },
            cancel
        );
        var rows = new List<Statement>();
        var next = reports.ToDictionary(r => r.Text.Id, _ => 0);
        foreach (var report in reports)
        {
            foreach (var draft in report.Recognition.Statements)
            {
                Prove(report, draft);
                var ordinal = next[report.Text.Id]++;
                var before = known.Take(report.Text, draft);
                rows.Add(
                    before is { Touched: true }
                        ? before.In(report.Text, ordinal)
                        : RowOf(report.Text, draft, ids) with
                        {
                            Id = before?.Row.Id ?? t.NextId(),
                            Ordinal = ordinal,
                        }
                );
            }
        }
        var texts = reports.ToDictionary(r => r.Text.Id, r => r.Text);
        rows.AddRange(
            known.Left.Where(k => k.Touched).Select(k => k.In(texts[k.Row.ReportId], next[k.Row.ReportId]++))
        );
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
        var known = await KnownStatements.ReadAsync(t, [report.Id], cancel);
        var last = await t.FirstAsync<int?>(
            "select max(ordinal) from statements where report_id = @Id and ordinal >= @FirstProposed",
            new { report.Id, FirstProposed },
            cancel
        );
        var ordinal = last + 1 ?? FirstProposed;
        await InsertAsync(
            t,
            [
                .. proposed
                    .Where(s => !known.Has(report, s))
                    .Select(s => RowOf(report, s, ids) with { Id = t.NextId(), Ordinal = ordinal++, Model = model }),
            ],
            cancel
        );
    }

    private static Task InsertAsync(Transaction t, IReadOnlyCollection<Statement> rows, CancellationToken cancel) =>
        t.InsertAsync(
            """
            statements (id, report_id, version, ordinal, speaker_id, speaker, speaker_role, speaker_country, stance,
            target_id, target, sentence_start, sentence_length, quote_start, quote_length, language, text_hash, confidence, said_at, said_start,
            said_length, state, decided_at, model, found_as)
            """,
            [
                .. rows.Select(s =>
                    (object?[])
                        [
                            s.Id,
                            s.ReportId,
                            s.Version,
                            s.Ordinal,
                            s.SpeakerId,
                            s.Speaker,
                            s.SpeakerRole,
                            s.SpeakerCountry,
                            s.Stance,
                            s.TargetId,
                            s.Target,
                            s.SentenceStart,
                            s.SentenceLength,
                            s.QuoteStart,
                            s.QuoteLength,
                            s.Language,
                            s.TextHash,
                            s.Confidence,
                            s.SaidAt,
                            s.SaidStart,
                            s.SaidLength,
                            s.State,
                            s.DecidedAt,
                            s.Model,
                            s.FoundAs,
                        ]
                ),
            ],
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
        var known = await KnownStatements.ReadAsync(t, [.. texts.Keys], cancel);
        foreach (var one in known.Left.Where(k => k.Row.Model is not null && !k.Touched))
        {
            var (row, report) = (one.Row, texts[one.Row.ReportId]);
            var moved = one.In(report.Text, row.Ordinal);
            if (
                moved.Version != report.Text.Version
                || report.Recognition.Statements.Any(s => KnownStatements.FoundAs(report.Text, s) == one.FoundAs)
            )
            {
                await t.ExecuteAsync("delete from statements where id = @Id", new { row.Id }, cancel);
                continue;
            }
            await t.ExecuteAsync(
                """
                update statements set version = @Version, text_hash = @TextHash, sentence_start = @SentenceStart,
                    quote_start = @QuoteStart, said_start = @SaidStart
                where id = @Id
                """,
                new
                {
                    moved.Version,
                    moved.TextHash,
                    moved.SentenceStart,
                    moved.QuoteStart,
                    moved.SaidStart,
                    row.Id,
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

    private static Statement RowOf(
        ReportText report,
        StatementDraft statement,
        IReadOnlyDictionary<string, long> ids
    ) =>
        new()
        {
            ReportId = report.Id,
            Version = report.Version,
            Ordinal = 0,
            SpeakerId = statement.Speaker is null ? null : ids[statement.Speaker.Key],
            Speaker = statement.SpeakerName,
            SpeakerRole = statement.SpeakerRole,
            SpeakerCountry = statement.SpeakerCountry,
            Stance = statement.Stance,
            TargetId = statement.Target is null ? null : ids[statement.Target.Key],
            Target = statement.TargetName,
            SentenceStart = statement.Sentence.Start,
            SentenceLength = statement.Sentence.Length,
            QuoteStart = statement.Quote?.Start,
            QuoteLength = statement.Quote?.Length,
            Language = statement.Language,
            TextHash = report.TextHash,
            Confidence = statement.Confidence,
            SaidAt = statement.SaidAt,
            SaidStart = statement.SaidOn?.Start,
            SaidLength = statement.SaidOn?.Length,
            State = statement.State,
        };
}
