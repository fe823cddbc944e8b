using CyberInsights.Capture;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Capture;

/// <summary>What holds on every engine; one subclass for each.</summary>
public abstract class SourceStoreContract
{
    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private async Task<CaptureBench> BenchAsync(Func<RawExchange, Task> answer) =>
        await CaptureBench.StartAsync(answer, await NewNameAsync());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_saved_source_comes_back_as_it_was()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));
        var source = Some.Source("record") with
        {
            Home = "http://record.example/",
            Kind = SourceKind.Page,
            Country = "CZ",
            Ownership = "nonprofit",
            Owner = "Press House",
            Interest = "archive",
            Reliability = 5,
            FullText = true,
            Rule = """{"item": "li"}""",
            Relevance = Relevance.Field,
            IncludeRules = "title: cyber\n/a|b/",
            ExcludeRules = "sport",
            Labels = [],
        };

        await bench.AddAsync(source);

        var read = (await bench.Sources.GetAsync("record", Cancel))!;
        Assert.Equal(source with { Id = read.Id }, read);
        Assert.Equal(read, await bench.Sources.GetAsync(read.Id, Cancel));
        Assert.Equal([read], await bench.Sources.AllAsync(Cancel));
        Assert.Null(await bench.Sources.GetAsync("nobody", Cancel));
    }

    [Fact]
    public async Task An_address_is_kept_in_its_normal_spelling()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));

        await bench.AddAsync(Some.Source("krebs") with { Address = "HTTP://KREBS.example:80/Feed über" });

        Assert.Equal("http://krebs.example/Feed%20%C3%BCber", (await bench.Sources.GetAsync("krebs", Cancel))!.Address);
    }

    [Fact]
    public async Task Saving_again_keeps_the_id_and_what_is_known_about_an_unchanged_address()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>", "ETag: \"v1\"\r\n"));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();
        var before = await bench.RowAsync("krebs");

        await bench.AddAsync(Some.Source("krebs") with { Name = "Krebs" });

        Assert.Equal(before, await bench.RowAsync("krebs"));
        Assert.Equal("Krebs", (await bench.Sources.GetAsync("krebs", Cancel))!.Name);
    }

    [Fact]
    public async Task A_new_address_starts_anew()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>", "ETag: \"v1\"\r\n"));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();
        var before = await bench.RowAsync("krebs");

        await bench.AddAsync(Some.Source("krebs") with { Address = "http://krebs.example/new.xml" });

        var after = await bench.RowAsync("krebs");
        Assert.Equal((before.Id, before.Fence + 1), (after.Id, after.Fence));
        Assert.Equal((null, null, Some.Moment), (after.ETag, after.LastHash, after.DueAt));
    }

    [Fact]
    public async Task One_address_that_may_not_be_fetched_refuses_the_whole_list()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            bench.AddAsync(Some.Source("good"), Some.Source("bad") with { Address = "http://10.0.0.1/feed" })
        );

        Assert.Equal(RefusalKind.NotAllowed, refusal.Kind);
        Assert.StartsWith(
            "Source bad: http://10.0.0.1/feed is not an address",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(await bench.Sources.AllAsync(Cancel));
    }

    [Fact]
    public async Task A_paused_source_is_not_fetched_and_an_answer_on_its_way_is_not_stored()
    {
        CaptureBench? holder = null;
        await using var bench = await BenchAsync(async x =>
        {
            await holder!.Sources.SetStateAsync("krebs", SourceState.Paused, Cancel);
            await x.OkAsync("<rss/>");
        });
        holder = bench;
        await bench.AddAsync(Some.Source("krebs"));

        await bench.RunAsync();
        bench.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty(await bench.SnapshotIdsAsync());
        Assert.Equal(0, await bench.RunAsync());
        Assert.Equal(SourceState.Paused, (await bench.Sources.GetAsync("krebs", Cancel))!.State);
    }

    [Fact]
    public async Task An_unknown_source_is_not_found()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));

        foreach (
            var change in new[]
            {
                () => bench.Sources.MakeDueAsync("nobody", Some.Moment, Cancel),
                () => bench.Sources.MakeDueAsync(4, Some.Moment, Cancel),
                () => bench.Sources.SetStateAsync("nobody", SourceState.Paused, Cancel),
            }
        )
        {
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusalException>(change)).Kind);
        }
    }

    [Fact]
    public async Task Labels_are_replaced_when_some_are_given_and_stay_when_none_are()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));
        await bench.AddAsync(Some.Source("krebs") with { Labels = ["security", "vendor"] }, Some.Source("heise"));

        await bench.AddAsync(Some.Source("krebs") with { Name = "Krebs" });
        Assert.Equal(["security", "vendor"], (await bench.Sources.GetAsync("krebs", Cancel))!.Labels!);
        Assert.Equal([0, 2], (await bench.Sources.AllAsync(Cancel)).Select(s => s.Labels!.Count));

        await bench.AddAsync(Some.Source("krebs") with { Labels = ["ai"] });
        Assert.Equal(["ai"], (await bench.Sources.GetAsync("krebs", Cancel))!.Labels!);
    }

    [Fact]
    public async Task A_deleted_source_is_on_no_list_and_its_key_and_address_are_free_again()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();
        var deleted = (await bench.Sources.GetAsync("krebs", Cancel))!;

        await bench.Sources.DeleteAsync(deleted, Cancel);

        Assert.Empty(await bench.Sources.AllAsync(Cancel));
        Assert.Empty(await bench.Sources.HealthAsync(Cancel));
        Assert.Null(await bench.Sources.GetAsync("krebs", Cancel));
        bench.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await bench.RunAsync());
        await bench.AddAsync(Some.Source("krebs"));
        Assert.NotEqual(deleted.Id, (await bench.Sources.GetAsync("krebs", Cancel))!.Id);
        Assert.Equal(SourceState.Deleted, (await bench.Sources.GetAsync(deleted.Id, Cancel))!.State);
        Assert.Single(await bench.SnapshotIdsAsync());
    }

    [Fact]
    public async Task A_misspelt_key_gets_the_nearest_one_in_the_sentence()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>"));
        await bench.AddAsync(Some.Source("krebs"), Some.Source("heise"));

        foreach (
            var ask in new Func<Task>[]
            {
                () => bench.Sources.FindAsync("krebz", Cancel),
                () => bench.Sources.SetStateAsync("krebz", SourceState.Paused, Cancel),
            }
        )
        {
            var refusal = await Assert.ThrowsAsync<RefusalException>(ask);
            Assert.Equal(RefusalKind.NotFound, refusal.Kind);
            Assert.EndsWith("Did you mean krebs?", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_source_that_is_read_anew_is_asked_for_the_whole_document_at_once()
    {
        await using var bench = await BenchAsync(x => x.OkAsync("<rss/>", "ETag: \"v1\"\r\n"));
        await bench.AddAsync(Some.Source("krebs"));
        await bench.RunAsync();

        await bench.Sources.ReadAnewAsync((await bench.RowAsync("krebs")).Id, Cancel);
        await bench.RunAsync();

        Assert.DoesNotContain("If-None-Match", bench.Server.Heads[1], StringComparison.Ordinal);
        Assert.Equal(2, (await bench.SnapshotIdsAsync()).Count);
    }
}
