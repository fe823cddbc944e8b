using CyberInsights.Storage;

namespace CyberInsights.Recognise.Proposing;

/// <summary>How the language model did lately.</summary>
public sealed record ModelState
{
    /// <summary>Requests within 24 hours.</summary>
    public required long Requests { get; init; }

    /// <summary>Proposals of all time that were kept, and that the texts did not prove.</summary>
    public required long Proposed { get; init; }

    /// <inheritdoc cref="Proposed"/>
    public required long Dropped { get; init; }

    /// <summary>The newest requests that failed, up to the last one that did not.</summary>
    public required int FailuresInARow { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public string? LastError { get; init; }

    /// <summary>When it may be asked again: after each failure in a row the pause doubles, from a minute to an hour.</summary>
    public DateTimeOffset? PausedUntil =>
        FailuresInARow > 0 ? LastAt + TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, FailuresInARow - 1))) : null;
}

/// <summary>Writes <c>model_readings</c> and <c>machine_translations</c>.</summary>
public sealed class ProposalStore(Database database)
{
    /// <summary>How often one version of a report is asked about before it is left alone.</summary>
    internal const int MaxTries = 3;

    private const int LookedAt = 10;

    /// <summary>Older reports are not asked about: a model that is set today does not read the archive.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(2);

    public async Task<ModelState> StateAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var newest = await database.QueryAsync<(long At, string? Error)>(
            "select at, error from model_readings order by at desc limit @LookedAt",
            new { LookedAt },
            cancel
        );
        var sums = await database.FirstAsync<(long Requests, long Proposed, long Dropped)>(
            """
            select coalesce(sum(case when at > @since then tries else 0 end), 0), coalesce(sum(proposed), 0), coalesce(sum(dropped), 0)
            from model_readings
            """,
            new { since = now - TimeSpan.FromDays(1) },
            cancel
        );
        return new ModelState
        {
            Requests = sums.Requests,
            Proposed = sums.Proposed,
            Dropped = sums.Dropped,
            FailuresInARow = newest.TakeWhile(r => r.Error is not null).Count(),
            LastAt = newest.Count > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(newest[0].At) : null,
            LastError = newest.Count > 0 ? newest[0].Error : null,
        };
    }

    /// <summary>The newest report whose current version is recognised and not asked about; null when there is none.</summary>
    internal Task<ReportText?> NextAsync(DateTimeOffset now, CancellationToken cancel) =>
        database.FirstAsync<ReportText>(
            """
            select r.id, v.number as version, v.title, v.text, r.language, v.text_hash
            from reports r join report_versions v on v.report_id = r.id and v.number = r.version
            left join model_readings m on m.report_id = r.id and m.version = r.version
            where r.id >= @first and (m.report_id is null or (m.error is not null and m.tries < @MaxTries))
              and exists (select 1 from event_reports g where g.report_id = r.id)
              and not exists (select 1 from work w where w.stage = @recognise and w.item = r.id)
            order by r.id desc limit 1
            """,
            new
            {
                first = Ids.First(now - News),
                MaxTries,
                recognise = Stage.Recognise,
            },
            cancel
        );

    internal static async Task PutAsync(
        Transaction t,
        ReportText report,
        string model,
        ProposedReading reading,
        CancellationToken cancel
    )
    {
        await t.InsertAsync(
            "model_readings (report_id, version, model, at, tries, error, proposed, dropped)",
            [
                [
                    report.Id,
                    report.Version,
                    model,
                    t.Now,
                    1,
                    reading.Error,
                    reading.Proven?.Statements.Count ?? 0,
                    reading.Proven?.Dropped ?? 0,
                ],
            ],
            """
            on conflict (report_id) do update set
                tries = case when model_readings.version = excluded.version then model_readings.tries + 1 else 1 end,
                version = excluded.version, model = excluded.model, at = excluded.at, error = excluded.error,
                proposed = model_readings.proposed + excluded.proposed, dropped = model_readings.dropped + excluded.dropped
            """,
            cancel
        );
        await t.ExecuteAsync(
            "delete from machine_translations where report_id = @Id and (version <> @Version or @answered = 1)",
            new
            {
                report.Id,
                report.Version,
                answered = reading.Proven is null ? 0 : 1,
            },
            cancel
        );
        await t.InsertAsync(
            "machine_translations (report_id, version, start, length, english, model)",
            [
                .. (reading.Proven?.Translations ?? []).Select(x =>
                    (object?[])[report.Id, report.Version, x.Span.Start, x.Span.Length, x.English, model]
                ),
            ],
            "",
            cancel
        );
    }
}
