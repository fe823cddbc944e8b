using CyberInsights.Recognise;
using CyberInsights.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Recognise;

public sealed class RecogniseStageTests : IAsyncLifetime
{
    private const string Title = "Norland Blames Iran for Harbour Hack; Tehran Denies It";
    private const string Text =
        "Albania on Monday accused Iran of breaking into its port systems. Iran denied the accusation.\n\n"
        + "Albanian officials said the group APT34, which is linked to Iran, used CVE-2024-12345.";

    private readonly string folder = Directory.CreateTempSubdirectory("recognise").FullName;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private Database database = null!;
    private WorkList work = null!;
    private RecogniseStage stage = null!;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(Path.Combine(folder, "news.db"), clock, cancel);
        work = new WorkList(database, clock);
        stage = new RecogniseStage(database, work, NullLogger<RecogniseStage>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_report_gets_its_mentions_links_statements_and_sections_and_goes_on_to_grouping()
    {
        await ReportAsync(1, Title, Text);

        var done = await stage.RunAsync(cancel);

        Assert.Equal(1, done);
        var keys = await ColumnAsync<string>(
            "select e.key from mentions m join entities e on e.id = m.entity_id order by e.key"
        );
        Assert.Contains("country:al", keys);
        Assert.Contains("country:ir", keys);
        Assert.Contains("vulnerability:cve-2024-12345", keys);
        Assert.Single(await ColumnAsync<long>("select from_id from entity_links"));
        Assert.NotEmpty(await ColumnAsync<long>("select topic_id from report_topics"));
        Assert.Equal([1L], await ColumnAsync<long>("select item from work where stage = 4"));
        Assert.Empty(await ColumnAsync<long>("select item from work where stage = 3"));
    }

    [Fact]
    public async Task Doing_a_report_twice_leaves_the_same_rows_with_the_same_ids()
    {
        await ReportAsync(1, Title, Text);
        await stage.RunAsync(cancel);
        var before = await DumpAsync();

        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Recognise, [1], cancel), cancel);
        await stage.RunAsync(cancel);

        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task An_edited_report_replaces_what_was_found_and_keeps_the_ids_of_statements_that_stayed()
    {
        await ReportAsync(1, Title, Text);
        await stage.RunAsync(cancel);
        var before = await ColumnAsync<long>("select id from statements where sentence_start > 54 order by ordinal");

        await ReportAsync(
            1,
            "A port was attacked",
            "Yesterday was calm. " + Text.Replace("Albanian officials", "Officials", StringComparison.Ordinal),
            version: 2
        );
        await stage.RunAsync(cancel);

        var after = await ColumnAsync<long>("select id from statements order by ordinal");
        Assert.Equal(before.Take(2), after.Where(before.Contains));
        Assert.All(await ColumnAsync<int>("select version from statements"), v => Assert.Equal(2, v));
        Assert.All(await ColumnAsync<string>("select text_hash from statements"), h => Assert.Equal("hash2", h));
    }

    [Fact]
    public async Task Facts_sponsors_indicators_and_the_day_of_a_statement_are_stored_and_a_new_version_replaces_them()
    {
        await ReportAsync(1, Title, $"{Text} Some 4,000 users wait; the malware calls 198.51.100[.]7.");
        await stage.RunAsync(cancel);

        Assert.Equal(["4000"], await ColumnAsync<string>("select value from facts where role = 'People'"));
        Assert.Equal(["198.51.100.7"], await ColumnAsync<string>("select value from indicators"));
        Assert.Equal(["IR"], await ColumnAsync<string>("select distinct code from entity_sponsors"));
        Assert.Contains(
            new DateTimeOffset(1969, 12, 29, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            await ColumnAsync<long>("select said_at from statements where said_start is not null")
        );

        await ReportAsync(1, Title, "Some 5,000 users wait.", version: 2);
        await stage.RunAsync(cancel);

        Assert.Equal(["5000"], await ColumnAsync<string>("select value from facts where role = 'People'"));
        Assert.All(await ColumnAsync<int>("select version from facts"), v => Assert.Equal(2, v));
        Assert.Empty(await ColumnAsync<string>("select value from indicators"));
    }

    [Fact]
    public async Task A_report_that_cannot_be_stored_waits_and_the_others_go_on()
    {
        await ReportAsync(1, Title, Text);
        await ReportAsync(2, Title, Text);
        await ReportAsync(3, Title, Text);
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "create trigger poison before insert on mentions when new.report_id = 2 begin select raise(abort, 'poison'); end",
                    null,
                    cancel
                ),
            cancel
        );

        await stage.RunAsync(cancel);

        Assert.Equal([1L, 3L], await ColumnAsync<long>("select item from work where stage = 4 order by item"));
        Assert.Equal([2L], await ColumnAsync<long>("select item from work where stage = 3 and failures = 1"));
    }

    [Fact]
    public async Task A_statement_is_stored_with_the_language_of_its_quotation()
    {
        await ReportAsync(
            1,
            "Two answers",
            "“We know who did it,” Norway said. “Nous savons qui est derrière cette attaque et nous ne céderons pas,” France said."
        );

        await stage.RunAsync(cancel);

        Assert.Equal(["en", "fr"], await ColumnAsync<string>("select language from statements order by ordinal"));
    }

    [Fact]
    public async Task The_nine_sections_are_there_before_any_report_and_only_once()
    {
        await stage.RunAsync(cancel);
        await TopicStore.SeedAsync(database, cancel);

        var names = await ColumnAsync<string>("select name from topics order by position");
        Assert.Equal(
            ["Attacks", "Breaches", "Flaws", "States", "AI", "Technology", "Crime", "Policy", "Research"],
            names
        );
    }

    [Fact]
    public async Task A_report_that_is_gone_is_taken_off_the_list()
    {
        await database.WriteAsync(t => WorkList.AddAsync(t, Stage.Recognise, [99], cancel), cancel);

        await stage.RunAsync(cancel);

        Assert.Empty(await ColumnAsync<long>("select item from work"));
    }

    [Fact]
    public async Task Two_entities_that_want_one_address_get_two()
    {
        var drafts = new[] { EntityKind.Malware, EntityKind.Organisation }.Select(kind => new EntityDraft
        {
            Kind = kind,
            Key = $"{kind}:mirai".ToLowerInvariant(),
            Slug = "mirai",
            Name = "Mirai",
        });

        await database.WriteAsync(t => EntityStore.PutAsync(t, drafts, cancel), cancel);

        Assert.Equal(
            ["mirai", "mirai-organisation"],
            await ColumnAsync<string>("select slug from entities order by slug")
        );
    }

    private async Task ReportAsync(long id, string title, string text, int version = 1)
    {
        await database.WriteAsync(
            async t =>
            {
                if (version == 1)
                {
                    await t.ExecuteAsync(
                        """
                        insert into sources (id, key, name, address, kind, reliability, full_text, state, due_at, lease_until, fence, failures, created_at)
                        values (@id, 's' || @id, 'Outlet', 'https://outlet.example/feed', 1, 3, 0, 1, 0, 0, 0, 0, 0);
                        insert into snapshots (id, source_id, address, fetched_at, status, hash, length, body)
                        values (@id, @id, 'https://outlet.example/feed', 0, 200, 'h', 0, x'00');
                        insert into reports (id, source_id, address, address_hash, version, title, language, published_at, first_seen_at, changed_at)
                        values (@id, @id, 'https://outlet.example/1', 'a', 1, @title, 'en', 0, 0, 0);
                        """,
                        new { id, title },
                        cancel
                    );
                }
                await t.ExecuteAsync(
                    """
                    insert into report_versions (report_id, number, snapshot_id, basis, title, text, published_precision, text_hash, created_at)
                    values (@id, @version, @id, 3, @title, @text, 2, 'hash' || @version, 0);
                    update reports set version = @version where id = @id;
                    """,
                    new
                    {
                        id,
                        version,
                        title,
                        text,
                    },
                    cancel
                );
                await WorkList.AddAsync(t, Stage.Recognise, [id], cancel);
            },
            cancel
        );
    }

    private Task<IReadOnlyList<T>> ColumnAsync<T>(string sql) => database.QueryAsync<T>(sql, null, cancel);

    private async Task<IReadOnlyList<string>> DumpAsync() =>
        await ColumnAsync<string>(
            """
            select 'e' || id || key || slug || name || coalesce(code, '') from entities
            union all select 'n' || entity_id || name || namer from entity_names
            union all select 'm' || report_id || ' ' || entity_id || ' ' || count || ' ' || first_start || ' ' || first_end || in_title from mentions
            union all select 'l' || report_id || ' ' || from_id || ' ' || to_id || ' ' || kind || ' ' || start || ' ' || length from entity_links
            union all select 's' || id || ' ' || report_id || ' ' || version || ' ' || ordinal || speaker || stance || ' ' || sentence_start || ' ' || sentence_length || coalesce(quote_start, '') || text_hash from statements
            union all select 'f' || report_id || ' ' || ordinal || ' ' || version || kind || value || coalesce(role, '') || start || ' ' || length from facts
            union all select 'i' || report_id || ' ' || ordinal || kind || value from indicators
            union all select 'o' || entity_id || code || namer from entity_sponsors
            union all select 't' || report_id || ' ' || topic_id || ' ' || weight from report_topics
            order by 1
            """
        );
}
