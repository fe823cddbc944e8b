using System.IO.Compression;
using System.Text.Json.Nodes;
using CyberInsights.Edit;
using CyberInsights.Server.Commands;
using CyberInsights.Server.Pictures;
using CyberInsights.Server.Replay;
using CyberInsights.Storage;
using CyberInsights.Storage.Exporting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Tests.Server;

/// <summary>The sample day through the whole pipeline, the same on every engine.</summary>
public abstract class SampleDayContract : IAsyncLifetime
{
    private static readonly Archive Samples = Archive.Open(Path.Combine(Checkout.Root, "samples"));

    private Database database = null!;
    private ReplayCounts counts = null!;
    private string name = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<string> NewNameAsync();

    public async ValueTask InitializeAsync()
    {
        name = await NewNameAsync();
        counts = await new Replayer(Samples, name, NullLoggerFactory.Instance).PlayAsync(null, Cancel);
        database = await Database.StartAsync(name, TimeProvider.System, Cancel);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_comes_out_of_the_sample_day_is_what_a_person_has_read_and_found_right()
    {
        var articles = new ArticleStore(database);
        await ImportCommand.ArticlesAsync(
            articles,
            PictureWorker.OfThisProgram(TimeSpan.FromMinutes(1)),
            Samples.Articles,
            over: false,
            Cancel
        );
        await new Editor(articles).RunAsync(Cancel);

        var text = await SampleText.OfAsync(database, Cancel);

        var expected = Path.Combine(Checkout.Root, "samples", "expected.txt");
        if (Environment.GetEnvironmentVariable("INSIGHTS_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(expected, text, Cancel);
        }
        Assert.Equal(await File.ReadAllTextAsync(expected, Cancel), text);
    }

    [Fact]
    public async Task Every_item_is_one_report_and_nothing_is_left_to_do()
    {
        var links = Truth().SelectMany(e => e.Links).ToHashSet(StringComparer.Ordinal);
        var addresses = await database.QueryAsync<string>("select address from report_places", null, Cancel);

        // One address under two links is one report; one page that a report links to is a primary source.
        Assert.Equal(links.Count - 1 + 1, counts.Reports);
        Assert.Superset(links, addresses.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from work", null, Cancel));
        Assert.Equal(0L, await database.FirstAsync<long>("select count(*) from page_fetches", null, Cancel));
    }

    [Fact]
    public async Task The_outlet_that_edits_its_headline_has_a_version_for_it()
    {
        var titles = await database.QueryAsync<string>(
            """
            select v.title from report_versions v join reports r on r.id = v.report_id
            where r.address = 'http://perimeter.example/2025/05/28/china-czech-hack/' or r.address like '%perimeter.example%china-czech-hack%'
            order by v.number
            """,
            null,
            Cancel
        );

        Assert.Equal(
            ["China behind hack of Czech foreign ministry", "Prague blames China for hack of foreign ministry"],
            titles.Distinct()
        );
    }

    [Fact]
    public async Task Reports_of_one_happening_meet_in_one_event()
    {
        var eventOf = (
            await database.QueryAsync<Placed>(
                """
                select p.address, g.event_id from report_places p join event_reports g on g.report_id = p.report_id
                """,
                null,
                Cancel
            )
        ).GroupBy(p => p.Address, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().EventId, StringComparer.Ordinal);

        var (precision, recall) = Pairwise(Truth(), eventOf);

        // What the first version reaches; a change that loses this has to say why.
        Assert.InRange(precision, 0.95, 1);
        Assert.InRange(recall, 0.80, 1);
    }

    [Fact]
    public async Task Every_quotation_stands_letter_for_letter_in_the_stored_version()
    {
        var statements = await database.QueryAsync<Proof>(
            """
            select m.quote_start, m.quote_length, m.sentence_start, m.sentence_length, m.text_hash, v.text_hash as stored_hash, v.title, v.text
            from statements m join report_versions v on v.report_id = m.report_id and v.number = m.version
            """,
            null,
            Cancel
        );

        Assert.True(statements.Count > 60, $"only {statements.Count} statements");
        Assert.All(
            statements,
            s =>
            {
                Assert.Equal(s.StoredHash, s.TextHash);
                var whole = $"{s.Title}\n{s.Text}";
                Assert.InRange(s.SentenceStart + s.SentenceLength, 1, whole.Length);
                if (s.QuoteStart is { } start)
                {
                    Assert.InRange(start, 1, whole.Length - s.QuoteLength!.Value);
                }
            }
        );
    }

    [Fact]
    public async Task Everything_given_out_and_read_into_an_empty_newsroom_is_the_same_site()
    {
        using var folder = new TestFolder();
        var file = await ExportAsync(database);
        var (text, found) = (await SampleText.OfAsync(database, Cancel), await FoundAsync(database));
        Assert.NotEmpty(found);

        foreach (var into in (string[])[folder.File("other.db"), await NewNameAsync()])
        {
            await using var other = await Database.StartAsync(into, TimeProvider.System, Cancel);
            await SiteImport.ReadAsync(other, new MemoryStream(file), Cancel);

            Assert.Equal(text, await SampleText.OfAsync(other, Cancel));
            Assert.Equal(found, await FoundAsync(other));
            Assert.Equal(Rows(file), Rows(await ExportAsync(other)));
        }

        static async Task<byte[]> ExportAsync(Database from)
        {
            using var stream = new MemoryStream();
            await SiteExport.WriteAsync(from, stream, DateTimeOffset.UnixEpoch, Cancel);
            return stream.ToArray();
        }

        static async Task<IReadOnlyList<string>> FoundAsync(Database where) =>
            [
                .. (
                    await where.FindAsync(
                        new SearchQuery
                        {
                            Groups =
                            [
                                [new SearchPhrase(["ministry"])],
                            ],
                        },
                        Cancel
                    )
                ).Select(h => $"{h.Id} {h.Title}"),
            ];

        // No table has an order of its own.
        static IReadOnlyList<string> Rows(byte[] export)
        {
            using var zip = new ZipArchive(new MemoryStream(export));
            return
            [
                .. zip
                    .Entries.Where(e => e.Name != "manifest.json")
                    .SelectMany(e =>
                    {
                        using var reader = new StreamReader(e.Open());
                        return reader
                            .ReadToEnd()
                            .Split('\n')
                            .Select(l => $"{e.Name} {l}")
                            .Order(StringComparer.Ordinal);
                    }),
            ];
        }
    }

    [Fact]
    public async Task Playing_it_again_changes_nothing()
    {
        var before = await SampleText.OfAsync(database, Cancel);

        var again = await new Replayer(Samples, name, NullLoggerFactory.Instance).PlayAsync(null, Cancel);

        Assert.Equal(counts with { Seconds = 0, PeakMb = 0 }, again with { Seconds = 0, PeakMb = 0 });
        Assert.Equal(before, await SampleText.OfAsync(database, Cancel));
    }

    private static List<(string Event, List<string> Links)> Truth() =>
        [
            .. JsonNode
                .Parse(Checkout.Text("samples", "events.json"))!
                .AsObject()
                .Select(e => (e.Key, e.Value!.AsArray().Select(l => l!.GetValue<string>()).ToList())),
        ];

    private static (double Precision, double Recall) Pairwise(
        List<(string Event, List<string> Links)> truth,
        Dictionary<string, long> eventOf
    )
    {
        var items = truth.SelectMany(e => e.Links.Select(l => (e.Event, Link: l))).ToList();
        int both = 0,
            ours = 0,
            theirs = 0;
        for (var i = 0; i < items.Count; i++)
        {
            for (var j = i + 1; j < items.Count; j++)
            {
                var gold = items[i].Event == items[j].Event;
                var same = eventOf[items[i].Link] == eventOf[items[j].Link];
                both += gold && same ? 1 : 0;
                ours += same ? 1 : 0;
                theirs += gold ? 1 : 0;
            }
        }
        return ((double)both / ours, (double)both / theirs);
    }

    private sealed record Placed
    {
        public required string Address { get; init; }
        public required long EventId { get; init; }
    }

    private sealed record Proof
    {
        public int? QuoteStart { get; init; }
        public int? QuoteLength { get; init; }
        public required int SentenceStart { get; init; }
        public required int SentenceLength { get; init; }
        public required string TextHash { get; init; }
        public required string StoredHash { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }
    }
}

public sealed class SampleDayOnSqliteTests : SampleDayContract
{
    private readonly TestFolder folder = new();
    private int names;

    protected override Task<string> NewNameAsync() => Task.FromResult(folder.File($"insights-{names++}.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SampleDayOnPostgresTests(PostgresServer server) : SampleDayContract
{
    protected override Task<string> NewNameAsync() => server.NewDatabaseAsync();
}
