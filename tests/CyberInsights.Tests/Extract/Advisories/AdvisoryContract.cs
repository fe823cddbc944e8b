namespace CyberInsights.Tests.Extract.Advisories;

/// <summary>What holds on every engine; one subclass for each. The clock begins on 28 May 2025.</summary>
public abstract class AdvisoryContract
{
    /// <summary>The name of a new, empty database; null for an SQLite file that goes with the test.</summary>
    protected abstract Task<string?> NewNameAsync();

    private async Task<AdvisoryBench> BenchAsync(SourceKind kind, string path) =>
        await AdvisoryBench.StartAsync(await NewNameAsync(), kind, path);

    [Fact]
    public async Task At_first_reading_only_the_newest_entries_are_news_and_all_are_known()
    {
        await using var bench = await BenchAsync(SourceKind.Kev, "/kev.json");
        bench["/kev.json"] = Samples.Catalogue(
            Samples.Entry(Samples.Relay, "Relay", "2025-05-27"),
            Samples.Entry(Samples.Gate, "Gate", "2025-05-20"),
            Samples.Entry(Samples.Old, "Mail", "2021-11-03")
        );

        await bench.ReadAsync();

        const string Title =
            "CISA adds CVE-2025-99101 (Northline Relay) to its catalogue of known exploited vulnerabilities";
        Assert.Equal([$"{Title} v1"], await bench.ReportsAsync());
        var text = await bench.TextAsync(Title);
        Assert.StartsWith(
            "CISA added CVE-2025-99101 (Northline Relay) to its catalogue of known exploited vulnerabilities on 27 May 2025.",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("Due date: 18 June 2025.", text, StringComparison.Ordinal);
        Assert.Equal(3, await bench.CountAsync("vulnerabilities"));
        Assert.Equal("Mail", (await bench.SaidAsync(Samples.Old)).Product);
    }

    [Fact]
    public async Task Each_change_of_the_catalogue_is_one_report()
    {
        await using var bench = await BenchAsync(SourceKind.Kev, "/kev.json");
        bench["/kev.json"] = Samples.Catalogue(
            Samples.Entry(Samples.Relay, "Relay", "2025-05-01"),
            Samples.Entry(Samples.Old, "Mail", "2021-11-03")
        );
        await bench.ReadAsync();
        Assert.Empty(await bench.ReportsAsync());

        bench["/kev.json"] = Samples.Catalogue(
            Samples.Entry(Samples.Gate, "Gate", "2025-05-29"),
            Samples.Entry(Samples.Relay, "Relay", "2025-05-01", due: "2025-06-01", ransomware: "Known")
        );
        await bench.ReadAsync();

        Assert.Equal(
            [
                "CISA adds CVE-2025-99102 (Northline Gate) to its catalogue of known exploited vulnerabilities v1",
                "CISA marks CVE-2025-99101 (Northline Relay) as used in ransomware campaigns v1",
                "CISA moves the due date for CVE-2025-99101 (Northline Relay) to 1 June 2025 v1",
                "CISA removes CVE-2021-99103 (Northline Mail) from its catalogue of known exploited vulnerabilities v1",
            ],
            (await bench.ReportsAsync()).Order(StringComparer.Ordinal)
        );
        var relay = await bench.SaidAsync(Samples.Relay);
        Assert.Equal((true, 1), (relay.Ransomware, relay.DueAt?.Day));
        Assert.NotNull((await bench.SaidAsync(Samples.Old)).DelistedAt);

        bench["/kev.json"] = Samples.Catalogue(
            Samples.Entry(Samples.Gate, "Gate", "2025-05-29"),
            Samples.Entry(Samples.Relay, "Relay", "2025-05-01", due: "2025-06-01", ransomware: "Unknown")
        );
        await bench.ReadAsync();

        Assert.Equal(5, await bench.CountAsync("reports"));
        Assert.Contains(
            "CISA no longer marks CVE-2025-99101 (Northline Relay) as used in ransomware campaigns v1",
            await bench.ReportsAsync()
        );
    }

    [Fact]
    public async Task Catalogues_that_wait_together_are_compared_one_after_the_other()
    {
        await using var bench = await BenchAsync(SourceKind.Kev, "/kev.json");
        foreach (var due in new[] { "2025-06-01", "2025-06-02", "2025-06-03" })
        {
            bench["/kev.json"] = Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-01", due));
            await bench.CaptureAsync();
        }

        await bench.ExtractAsync();

        Assert.Equal(
            [
                "CISA moves the due date for CVE-2025-99101 (Northline Relay) to 2 June 2025 v1",
                "CISA moves the due date for CVE-2025-99101 (Northline Relay) to 3 June 2025 v1",
            ],
            await bench.ReportsAsync()
        );
    }

    [Theory]
    [InlineData("{\"catalogVersion\": \"1\", \"vulnerabilities\": [{\"cveID\": \"CVE-20")]
    [InlineData("<html>Be right back</html>")]
    [InlineData("{\"catalogVersion\": \"1\", \"count\": 2, \"vulnerabilities\": []}")]
    public async Task A_broken_catalogue_removes_nothing_and_says_what_is_wrong(string broken)
    {
        await using var bench = await BenchAsync(SourceKind.Kev, "/kev.json");
        bench["/kev.json"] = Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-01"));
        await bench.ReadAsync();

        bench["/kev.json"] = broken;
        await bench.ReadAsync();

        Assert.Empty(await bench.ReportsAsync());
        Assert.NotNull(await bench.WarningsAsync());
        Assert.Null((await bench.SaidAsync(Samples.Relay)).DelistedAt);
    }

    [Fact]
    public async Task A_catalogue_that_loses_more_than_twenty_entries_at_once_is_not_believed()
    {
        await using var bench = await BenchAsync(SourceKind.Kev, "/kev.json");
        Task FillAsync(int count)
        {
            bench["/kev.json"] = Samples.Catalogue([
                .. Enumerable
                    .Range(0, count)
                    .Select(n => Samples.Entry($"CVE-2025-{99_200 + n}", "Relay", "2025-05-01")),
            ]);
            return bench.ReadAsync();
        }
        await FillAsync(50);

        await FillAsync(29);
        Assert.Empty(await bench.ReportsAsync());
        Assert.Contains("21 known entries", await bench.WarningsAsync(), StringComparison.Ordinal);
        await FillAsync(30);

        Assert.Equal(20, await bench.CountAsync("reports"));
    }

    [Fact]
    public async Task Changes_csv_leads_to_the_advisories_and_a_new_version_of_one_to_a_new_version_of_its_report()
    {
        await using var bench = await BenchAsync(SourceKind.Csaf, "/csaf/changes.csv");
        bench["/csaf/changes.csv"] = """
            "2025/nl-2025-01.json","2025-05-28T08:00:00Z"
            "2019/nl-2019-01.json","2019-05-28T08:00:00Z"
            """;
        bench["/csaf/2025/nl-2025-01.json"] = Samples
            .Advisory("NL-2025-01", "1", "2025-05-28T08:00:00Z")
            .ToJsonString();

        await bench.ReadAsync();

        const string Title = "Northline Relay lets anybody in (NL-2025-01)";
        Assert.Equal([$"{Title} v1"], await bench.ReportsAsync());
        Assert.Contains("without a password & <b>fast</b>.", await bench.TextAsync(Title), StringComparison.Ordinal);
        var said = await bench.SaidAsync(Samples.Relay);
        Assert.Equal(
            (9.8, "https://northline.example/advisories/NL-2025-01"),
            (Assert.Single(said.Scores).Base, said.Address)
        );

        bench["/csaf/changes.csv"] = "\"2025/nl-2025-01.json\",\"2025-05-29T08:00:00Z\"\n";
        bench["/csaf/2025/nl-2025-01.json"] = Samples
            .Advisory("NL-2025-01", "2", "2025-05-29T08:00:00Z")
            .ToJsonString();
        await bench.ReadAsync();
        Assert.Equal([$"{Title} v2"], await bench.ReportsAsync());

        bench["/csaf/changes.csv"] = "\"2025/nl-2025-01.json\",\"2025-05-30T08:00:00Z\"\n";
        bench["/csaf/2025/nl-2025-01.json"] = Samples
            .Advisory("NL-2025-01", "1", "2025-05-30T08:00:00Z")
            .ToJsonString();
        await bench.ReadAsync();
        Assert.Equal([$"{Title} v2"], await bench.ReportsAsync());
    }

    [Fact]
    public async Task Provider_metadata_leads_to_the_feed_that_anybody_may_read()
    {
        await using var bench = await BenchAsync(SourceKind.Csaf, "/.well-known/csaf/provider-metadata.json");
        bench["/.well-known/csaf/provider-metadata.json"] = """
            {"metadata_version": "2.0", "canonical_url": "http://psirt.example/.well-known/csaf/provider-metadata.json",
             "distributions": [{"rolie": {"feeds": [
               {"tlp_label": "AMBER", "url": "http://psirt.example/amber.json"},
               {"tlp_label": "WHITE", "url": "http://psirt.example/white.json"}]}}]}
            """;
        bench["/white.json"] = """
            {"feed": {"id": "f", "title": "All", "entry": [
              {"id": "NL-2025-01", "title": "T", "updated": "2025-05-28T08:00:00Z",
               "link": [{"rel": "hash", "href": "http://psirt.example/2025/nl.json.sha512"}, {"rel": "self", "href": "2025/nl.json"}]}]}}
            """;
        bench["/2025/nl.json"] = Samples.Advisory("NL-2025-01", "1.0.0", "2025-05-28T08:00:00Z").ToJsonString();

        await bench.ReadAsync();
        Assert.Contains("is read there from now on", await bench.WarningsAsync(), StringComparison.Ordinal);
        await bench.ReadAsync();

        Assert.Equal("http://psirt.example/white.json", await bench.AddressAsync());
        Assert.Equal(["Northline Relay lets anybody in (NL-2025-01) v1"], await bench.ReportsAsync());
    }

    [Fact]
    public async Task An_advisory_that_is_not_for_everybody_is_not_published()
    {
        await using var bench = await BenchAsync(SourceKind.Csaf, "/nl.json");
        bench["/nl.json"] = Samples.Advisory("NL-2025-01", "1", "2025-05-28T08:00:00Z", "AMBER").ToJsonString();

        await bench.ReadAsync();

        Assert.Empty(await bench.ReportsAsync());
        Assert.Equal(0, await bench.CountAsync("vulnerabilities"));
        Assert.Contains("TLP:AMBER", await bench.WarningsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_advisories_that_pass_on_one_original_are_two_reports()
    {
        await using var bench = await BenchAsync(SourceKind.Csaf, "/nl.json");
        foreach (var id in new[] { "NL-2025-01", "NL-2025-02" })
        {
            var advisory = Samples.Advisory(id, "1", "2025-05-28T08:00:00Z");
            var references = advisory["document"]!["references"]!.AsArray();
            references.RemoveAt(2);
            references.RemoveAt(1);
            bench["/nl.json"] = advisory.ToJsonString();
            await bench.ReadAsync();
        }

        Assert.Equal(
            ["Northline Relay lets anybody in (NL-2025-01) v1", "Northline Relay lets anybody in (NL-2025-02) v1"],
            await bench.ReportsAsync()
        );
    }

    [Fact]
    public async Task A_list_without_dates_is_refused_with_the_name_of_the_one_that_has_them()
    {
        await using var bench = await BenchAsync(SourceKind.Csaf, "/csaf/index.txt");
        bench["/csaf/index.txt"] = "2025/nl-2025-01.json\n2025/nl-2025-02.json\n";

        await bench.ReadAsync();

        Assert.Contains("changes.csv", await bench.WarningsAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bench.CountAsync("page_fetches"));
    }

    [Fact]
    public async Task A_new_record_a_changed_score_and_a_rejection_are_reports()
    {
        await using var bench = await BenchAsync(SourceKind.Cve, "/cve.json");
        bench["/cve.json"] =
            $"[{Samples.Record(Samples.Relay, "2025-05-27T10:00:00Z").ToJsonString()},{Samples.Record(Samples.Old, "2021-05-27T10:00:00Z").ToJsonString()}]";
        await bench.ReadAsync();
        Assert.Equal(["CVE-2025-99101: Relay lets anybody in v1"], await bench.ReportsAsync());

        bench["/cve.json"] = Samples
            .Record(Samples.Old, "2021-05-27T10:00:00Z", score: 9.1, updated: "2025-05-29T09:00:00Z")
            .ToJsonString();
        await bench.ReadAsync();
        bench["/cve.json"] = Samples
            .Record(Samples.Old, "2021-05-27T10:00:00Z", state: "REJECTED", updated: "2025-05-30T09:00:00Z")
            .ToJsonString();
        await bench.ReadAsync();

        Assert.Equal(
            [
                "CVE-2025-99101: Relay lets anybody in v1",
                "Northline changes the CVSS score of CVE-2021-99103 (Northline Relay) from 7.5 to 9.1 v1",
                "CVE-2021-99103 (Northline Relay) is rejected v1",
            ],
            await bench.ReportsAsync()
        );
        Assert.Equal(VulnerabilityState.Rejected, (await bench.SaidAsync(Samples.Old)).State);
    }

    [Fact]
    public async Task An_answer_of_another_kind_is_refused()
    {
        await using var bench = await BenchAsync(SourceKind.Cve, "/cve.json");
        bench["/cve.json"] = Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-27"));

        await bench.ReadAsync();

        Assert.Contains("is no list of CVE records", await bench.WarningsAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await bench.CountAsync("vulnerabilities"));
    }
}
