using CyberInsights.Measure;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using CyberInsights.Tests.Net;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Measure;

/// <summary>What is counted, and what bursts, on both engines and with input that means harm.</summary>
public abstract class MeterContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 18, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Start);
    private Database database = null!;
    private Seeds seeds = null!;
    private Meter meter = null!;
    private long name;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        seeds = new Seeds(database);
        meter = new Meter(database, new WorkList(database, clock));
        name = await seeds.EntityAsync(EntityKind.Malware, "sleet", "Sleet");
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_source_counts_once_a_day_however_much_it_brings()
    {
        var (wire, daily) = (await seeds.SourceAsync("Wire"), await seeds.SourceAsync("Daily"));

        await TellAsync(name, wire, Start.AddHours(-3), Start.AddHours(-2), Start.AddHours(-1));
        await TellAsync(name, daily, Start.AddHours(-1));

        Assert.Equal(2, (await MovementAsync(name)).Reports);
        Assert.Equal(2, await CountedOnAsync(Start));
    }

    [Fact]
    public async Task Sources_of_one_owner_count_once()
    {
        var (wire, daily) = (await seeds.SourceAsync("Wire"), await seeds.SourceAsync("Daily"));
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update sources set owner = 'House' where id in (@wire, @daily)",
                    new { wire, daily },
                    Cancel
                ),
            Cancel
        );

        await TellAsync(name, wire, Start.AddHours(-3));
        await TellAsync(name, daily, Start.AddHours(-1));

        Assert.Equal(1, (await MovementAsync(name)).Reports);
    }

    [Fact]
    public async Task Only_headline_and_lead_tell_of_an_entity()
    {
        var wire = await seeds.SourceAsync("Wire");
        await TellAsync([(wire, Start.AddHours(-1), Start.AddHours(-1))], name, Tellings.LeadCharacters);
        Assert.Equal(0, (await MovementAsync(name)).Reports);

        await TellAsync([(wire, Start.AddHours(-1), Start.AddHours(-1))], name, Tellings.LeadCharacters - 1);
        Assert.Equal(1, (await MovementAsync(name)).Reports);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_text_under_200_names_counts_once(bool originalFirst)
    {
        await PastAsync();
        var sources = new List<long>();
        for (var i = 0; i < 200; i++)
        {
            sources.Add(await seeds.SourceAsync($"Name {i}"));
        }
        // Each name brings the text in its own time; the first publisher is known from the beginning, or moves to the last that came.
        var reports = new List<long>();
        for (var i = 0; i < sources.Count; i++)
        {
            var id = await AddAsync(name, sources[i], Start.AddMinutes(-i), Start.AddMinutes(-i), 0);
            await LinkAsync(reports, id, originalFirst);
            reports.Add(id);
            await meter.RunAsync(Cancel);
        }

        Assert.Equal(1, (await MovementAsync(name)).Reports);
        Assert.Empty(await BurstsAsync());
    }

    [Fact]
    public async Task A_source_that_floods_10_000_items_lifts_nothing_and_hides_nothing()
    {
        await PastAsync();
        var flood = await seeds.SourceAsync("Flood");
        var names = new List<long>();
        for (var i = 0; i < 100; i++)
        {
            names.Add(await seeds.EntityAsync(EntityKind.Organisation, $"firm-{i}", $"Firm {i}"));
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 10; i++)
        {
            await FloodAsync(flood, names, 1000);
        }
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Empty(await BurstsAsync());
        Assert.All(names, n => Assert.Equal(1, Reports(n)));
        Assert.InRange(grown, long.MinValue, 5_000_000);

        await ToldBySourcesAsync(name, 5);

        Assert.Equal(name, Assert.Single(await BurstsAsync()).SubjectId);

        long Reports(long subject) =>
            database
                .QueryAsync<long>("select count(*) from tellings where subject_id = @subject", new { subject }, Cancel)
                .Result[0];
    }

    [Fact]
    public async Task The_volume_of_a_day_grows_by_what_is_captured_late_and_an_origin_is_never_more_than_40_of_it()
    {
        var names = new List<long>();
        for (var i = 0; i < 50; i++)
        {
            names.Add(await seeds.EntityAsync(EntityKind.Organisation, $"firm-{i}", $"Firm {i}"));
        }
        var (loud, quiet) = (await seeds.SourceAsync("Loud"), await seeds.SourceAsync("Quiet"));
        var day = Start.AddDays(-5);
        await TellOfAsync(loud, names[..30], day);
        await TellOfAsync(quiet, names[..3], day);
        await TellOfAsync(loud, names[30..], Start.AddDays(-2));
        await TellOfAsync(quiet, names[3..5], Start.AddDays(-2));

        Assert.Equal(
            [33, 40 - 30 + 2],
            await database.QueryAsync<int>("select tellings from day_volumes order by seen_day", null, Cancel)
        );

        async Task TellOfAsync(long source, List<long> subjects, DateTimeOffset seen)
        {
            foreach (var subject in subjects)
            {
                await AddAsync(subject, source, day, seen, 0);
            }
            await RunAsync();
        }
    }

    [Fact]
    public async Task A_date_in_the_future_counts_at_its_capture_and_an_ancient_one_on_its_own_day()
    {
        await PastAsync();
        for (var i = 0; i < 5; i++)
        {
            var source = await seeds.SourceAsync($"Odd {i}");
            await AddAsync(
                name,
                source,
                new DateTimeOffset(1969, 7, 20, 20, 17, 0, TimeSpan.Zero),
                clock.GetUtcNow(),
                0
            );
        }
        await RunAsync();
        Assert.Equal(0, (await MovementAsync(name)).Reports);
        Assert.Empty(await BurstsAsync());
        Assert.Equal(5, await CountedOnAsync(new DateTimeOffset(1969, 7, 20, 0, 0, 0, TimeSpan.Zero)));

        await TellAsync([(await seeds.SourceAsync("Clock"), Start.AddYears(70), Start)], name, 0);

        Assert.Equal(1, (await MovementAsync(name)).Reports);
        Assert.Equal(Start, await database.FirstAsync<DateTimeOffset>("select max(at) from tellings", null, Cancel));
    }

    [Fact]
    public async Task Counting_a_report_again_changes_nothing()
    {
        var wire = await seeds.SourceAsync("Wire");
        await TellAsync(name, wire, Start.AddHours(-1));
        var before = await TablesAsync();

        await database.WriteAsync(
            async t =>
                await WorkList.AddAsync(
                    t,
                    Stage.Measure,
                    await t.QueryAsync<long>("select id from reports", null, Cancel),
                    Cancel
                ),
            Cancel
        );
        await RunAsync();

        Assert.Equal(before, await TablesAsync());
    }

    [Fact]
    public async Task A_burst_is_found_as_reports_come_in_ends_when_it_is_over_and_is_kept_as_it_was_seen()
    {
        await PastAsync();
        await ToldBySourcesAsync(name, 3);
        var begun = Assert.Single(await BurstsAsync());
        Assert.Equal((name, Start, 3), (begun.SubjectId, begun.BeganAt, begun.Reports));
        Assert.InRange(begun.Q, 0, BurstFinder.Level);
        Assert.InRange(begun.Expected, 0, 0.1);

        clock.Advance(TimeSpan.FromHours(2));
        await ToldBySourcesAsync(name, 4);
        Assert.Equal(begun, Assert.Single(await BurstsAsync()));

        clock.Advance(TimeSpan.FromDays(2));
        await ToldBySourcesAsync(await seeds.EntityAsync(EntityKind.Person, "bo", "Bo"), 1);
        Assert.Equal(begun with { EndedAt = clock.GetUtcNow() }, Assert.Single(await BurstsAsync()));

        await ToldBySourcesAsync(name, 4);
        Assert.Equal(begun.Id, (await BurstsAsync())[1].PartOf);
    }

    [Fact]
    public async Task A_subject_that_moves_with_a_stronger_one_is_a_part_of_its_burst()
    {
        await PastAsync();
        var product = await seeds.EntityAsync(EntityKind.Product, "gate", "Gate");
        for (var i = 0; i < 5; i++)
        {
            var source = await seeds.SourceAsync($"S{i}");
            var id = await AddAsync(name, source, Start.AddHours(-1), Start, 0);
            if (i > 0)
            {
                await MentionAsync(id, product, 0);
            }
        }
        await RunAsync();

        var bursts = await BurstsAsync();

        Assert.Equal([name, product], bursts.Select(b => b.SubjectId));
        Assert.Equal([null, bursts[0].Id], bursts.Select(b => b.PartOf));
    }

    [Fact]
    public async Task Looking_back_shows_what_was_captured_by_then()
    {
        await PastAsync();
        await ToldBySourcesAsync(name, 3);
        clock.Advance(TimeSpan.FromHours(6));
        // Published before that moment, captured after it.
        await TellAsync([(await seeds.SourceAsync("Late"), Start.AddHours(-2), clock.GetUtcNow())], name, 0);

        var reader = new TrendReader(database);
        var then = await reader.BoardAsync(Start, 10, _ => true, Cancel);
        var now = await reader.BoardAsync(clock.GetUtcNow(), 10, _ => true, Cancel);
        var before = await reader.BoardAsync(Start.AddHours(-1), 10, _ => true, Cancel);

        Assert.Equal(3, Assert.Single(then.FirstSeen).LastDay);
        Assert.Equal(4, Assert.Single(now.FirstSeen).LastDay);
        Assert.Equal("Sleet", Assert.Single(then.Bursts).Name);
        Assert.True(before.Empty);
    }

    // Forty subjects told of every day by one source each; nothing that could surprise.
    private async Task PastAsync()
    {
        for (var day = 1; day <= 40; day++)
        {
            for (var subject = 1; subject <= 10; subject++)
            {
                await seeds.CountAsync(-subject, Start.AddDays(-day), 4);
            }
        }
        for (var subject = 1; subject <= 10; subject++)
        {
            await seeds.CountAsync(-subject, Start.AddHours(-1), 4);
        }
    }

    private async Task ToldBySourcesAsync(long subject, int sources)
    {
        for (var i = 0; i < sources; i++)
        {
            await AddAsync(subject, await seeds.SourceAsync($"Teller {i}"), clock.GetUtcNow(), clock.GetUtcNow(), 0);
        }
        await RunAsync();
    }

    private Task TellAsync(long subject, long source, params DateTimeOffset[] at) =>
        TellAsync([.. at.Select(a => (source, a, a))], subject, 0);

    private async Task TellAsync(
        (long Source, DateTimeOffset At, DateTimeOffset Seen)[] reports,
        long subject,
        int start
    )
    {
        foreach (var (source, at, seen) in reports)
        {
            await AddAsync(subject, source, at, seen, start);
        }
        await RunAsync();
    }

    private async Task RunAsync()
    {
        while (await meter.RunAsync(Cancel) > 0) { }
    }

    private async Task<long> AddAsync(long subject, long source, DateTimeOffset at, DateTimeOffset seen, int start)
    {
        var ids = await StoreAsync(source, at, seen, 1);
        await MentionAsync(ids[0], subject, start);
        return ids[0];
    }

    private Task<IReadOnlyList<long>> StoreAsync(long source, DateTimeOffset at, DateTimeOffset seen, int count) =>
        database.WriteAsync(
            async t =>
            {
                IReadOnlyList<long> ids = [.. Enumerable.Range(0, count).Select(_ => t.NextId())];
                await t.InsertAsync(
                    "reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)",
                    [.. ids.Select(id => (object?[])[id, source, "", "", 1, "Title", "en", at, seen, seen])],
                    "",
                    Cancel
                );
                await WorkList.AddAsync(t, Stage.Measure, ids, Cancel);
                return ids;
            },
            Cancel
        );

    private Task MentionAsync(long report, long subject, int start) =>
        database.WriteAsync(
            t =>
                t.InsertAsync(
                    "mentions (report_id, entity_id, count, first_start, first_end, in_title)",
                    [
                        [report, subject, 1, start, start + 5, 0],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

    private async Task FloodAsync(long source, List<long> names, int count)
    {
        var ids = await StoreAsync(source, clock.GetUtcNow(), clock.GetUtcNow(), count);
        await database.WriteAsync(
            t =>
                t.InsertAsync(
                    "mentions (report_id, entity_id, count, first_start, first_end, in_title)",
                    [.. ids.Select((id, i) => (object?[])[id, names[i % names.Count], 1, 0, 5, 1])],
                    "",
                    Cancel
                ),
            Cancel
        );
        await RunAsync();
    }

    // A copy is linked to its first publisher before it is counted; when that one comes last, the others are linked to it then.
    private Task LinkAsync(List<long> earlier, long id, bool originalFirst) =>
        database.WriteAsync(
            async t =>
            {
                if (earlier.Count == 0)
                {
                    return;
                }
                var original = originalFirst ? earlier[0] : id;
                await t.ExecuteAsync("delete from copies where report_id = @original", new { original }, Cancel);
                await t.InsertAsync(
                    "copies (report_id, original_id, resemblance)",
                    [.. earlier.Append(id).Where(r => r != original).Select(r => (object?[])[r, original, 1.0])],
                    "on conflict (report_id) do update set original_id = excluded.original_id",
                    Cancel
                );
            },
            Cancel
        );

    private async Task<Movement> MovementAsync(long subject) =>
        (await Gauge.ReadAsync(database, new PastSums(), clock.GetUtcNow(), [subject], Cancel)).All.Single(m =>
            m.SubjectId == subject
        );

    private Task<int> CountedOnAsync(DateTimeOffset day) =>
        database.FirstAsync<int>(
            "select sum(reports) from counts where subject_id = @name and day = @day",
            new { name, day = new DateTimeOffset(day.UtcDateTime.Date, TimeSpan.Zero) },
            Cancel
        );

    private Task<IReadOnlyList<Burst>> BurstsAsync() =>
        database.QueryAsync<Burst>(
            "select id, subject_id, began_at, ended_at, reports, expected, surprise, q, part_of from bursts order by id",
            null,
            Cancel
        );

    private async Task<string> TablesAsync() =>
        string.Join(
            '\n',
            await database.QueryAsync<string>(
                """
                select subject_id || ' ' || day || ' ' || origin_id from tellings
                union all select subject_id || ' ' || day || ' ' || reports from counts
                union all select day || ' ' || origin_id || ' ' || tellings from volumes
                union all select day || ' ' || seen_day || ' ' || tellings from day_volumes
                union all select subject_id || ' ' || report_id from counted order by 1
                """,
                null,
                Cancel
            )
        );
}

// Measures the memory of the whole process.
[Collection(nameof(BombTests))]
public sealed class SqliteMeterTests : MeterContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("meter.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

// Measures the memory of the whole process.
[Collection(nameof(BombTests))]
public sealed class PostgresMeterTests(PostgresServer server) : MeterContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
