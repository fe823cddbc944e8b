using System.Text.Json;
using CyberInsights.Server;
using CyberInsights.Server.Commands;
using CyberInsights.Storage;
using CyberInsights.Tests.Extract.Advisories;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Server;

/// <summary>The command line as a newcomer meets it: help, one sentence for what is wrong, the right exit code.</summary>
[Collection("environment")]
public sealed class CommandLineTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        errors.Dispose();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("demo")]
    [InlineData("migrate")]
    [InlineData("sources")]
    [InlineData("sources list")]
    [InlineData("sources add")]
    [InlineData("sources find")]
    [InlineData("sources preview")]
    [InlineData("sources edit")]
    [InlineData("sources test")]
    [InlineData("sources left-out")]
    [InlineData("sources walls")]
    [InlineData("extract")]
    [InlineData("sources delete")]
    [InlineData("import opml")]
    [InlineData("export opml")]
    [InlineData("import")]
    [InlineData("import articles")]
    [InlineData("replay")]
    [InlineData("read")]
    [InlineData("explain")]
    [InlineData("trends")]
    [InlineData("tip-key")]
    [InlineData("tips list")]
    [InlineData("tips read")]
    [InlineData("tips delete")]
    [InlineData("doctor")]
    public async Task Every_command_explains_itself(string command)
    {
        Assert.Equal(0, await RunAsync([.. command.Split(' '), "--help"]));
        Assert.Contains("Usage:", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--at", "yesterday", "is no date that can be read")]
    [InlineData("--at", "2021-13-40", "is no date that can be read")]
    [InlineData("--at", "2999-01-01", "nothing is forecast")]
    [InlineData("--kind", "weather", "Give --kind one of topic, country")]
    public async Task Trends_refuse_what_they_cannot_read_with_a_sentence(string option, string value, string sentence)
    {
        Assert.Equal(2, await RunAsync("trends", option, value));
        Assert.Contains(sentence, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trends_show_what_moved_and_where_there_is_something_when_nothing_did()
    {
        var (file, moment) = (folder.File("trends.db"), new DateTimeOffset(2025, 3, 2, 18, 0, 0, TimeSpan.Zero));
        await using (var database = await Database.StartAsync(file, TimeProvider.System, CancellationToken.None))
        {
            var seeds = new Seeds(database);
            var name = await seeds.EntityAsync(EntityKind.Malware, "sleet", "Sleet");
            for (var day = 0; day < 30; day++)
            {
                await seeds.CountAsync(1, moment.AddDays(-day), 40);
            }
            await seeds.CountAsync(name, moment, 5);
        }

        Assert.Contains("First seen\n    5 (0-0)", await TrendsAsync("--at", "2025-03-02"), StringComparison.Ordinal);
        Assert.Contains(
            "Nothing was told",
            await TrendsAsync("--at", "2025-03-02", "--kind", "actor"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "give --at a moment between",
            await TrendsAsync("--at", "2024-01-01"),
            StringComparison.Ordinal
        );
        using var json = JsonDocument.Parse(await TrendsAsync("--at", "2025-03-02", "--json"));
        Assert.Equal("Sleet", json.RootElement.GetProperty("first_seen")[0].GetProperty("name").GetString());

        async Task<string> TrendsAsync(params string[] options)
        {
            output.GetStringBuilder().Clear();
            Environment.SetEnvironmentVariable("Insights__Database", file);
            try
            {
                Assert.Equal(0, await RunAsync(["trends", .. options]));
            }
            finally
            {
                Environment.SetEnvironmentVariable("Insights__Database", null);
            }
            return output.ToString().ReplaceLineEndings("\n");
        }
    }

    [Theory]
    [InlineData("2021-12-12", "2021-12-13T00:00Z")]
    [InlineData("2021-12-12T14:00Z", "2021-12-12T14:00Z")]
    [InlineData("2021-12-12T14:00+02:00", "2021-12-12T12:00Z")]
    [InlineData("2026-03-02", "2026-03-02T09:00Z")]
    public void A_day_stands_for_its_end_and_today_for_now(string text, string moment) =>
        Assert.Equal(
            DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture),
            TrendsCommand.MomentOf(text, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))
        );

    [Theory]
    [InlineData("--color", true)]
    [InlineData("--color:false", false)]
    [InlineData("--language:en", false)]
    public async Task A_text_is_shown_in_colours_when_they_are_asked_for_and_writes_none_of_its_own(
        string option,
        bool coloured
    )
    {
        var file = folder.File("text.txt");
        await File.WriteAllTextAsync(
            file,
            "Prague accuses China\nThe Czech government \u001b[2Jaccused China. \u202e",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(0, await RunAsync("explain", file, option));

        var text = output.ToString();
        Assert.Equal(coloured, text.Contains("\u001b[0;36mPrague\u001b[0m", StringComparison.Ordinal));
        Assert.Equal(coloured, text.Contains("\u001b[0;1;33maccuses", StringComparison.Ordinal));
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_understood_comes_as_json_with_offsets_in_the_file()
    {
        const string Text = "\n  Prague accuses China  \n\nThe Czech government said: \"We condemn it.\"\n";
        var file = folder.File("text.txt");
        await File.WriteAllTextAsync(file, Text, TestContext.Current.CancellationToken);

        Assert.Equal(0, await RunAsync("explain", "--json", file, file));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        using var json = System.Text.Json.JsonDocument.Parse(lines[0]);
        Assert.Equal("en", json.RootElement.GetProperty("language").GetString());
        var entities = json.RootElement.GetProperty("entities").EnumerateArray().ToList();
        Assert.Contains(entities, e => e.GetProperty("id").GetString() == "country:cn");
        Assert.All(
            entities,
            e =>
                Assert.Equal(
                    e.GetProperty("text").GetString(),
                    Text[e.GetProperty("start").GetInt32()..e.GetProperty("end").GetInt32()]
                )
        );
        Assert.Contains(
            json.RootElement.GetProperty("statements").EnumerateArray(),
            s => s.GetProperty("quote").GetString() == "We condemn it." && s.GetProperty("language").GetString() == "en"
        );
    }

    [Fact]
    public async Task A_folder_without_an_archive_is_not_found()
    {
        Assert.Equal(3, await RunAsync("replay", folder.Path));
        AssertOneSentence("There is no recorded archive in");
    }

    [Fact]
    public async Task Extraction_is_done_again_only_when_it_is_asked_for()
    {
        Assert.Equal(2, await RunAsync("extract"));
        AssertOneSentence("New snapshots are read by");
    }

    [Fact]
    public async Task A_date_that_is_none_is_bad_input()
    {
        Assert.Equal(2, await RunAsync("extract", "--again", "--since", "soon"));
        AssertOneSentence("soon is no date");
    }

    [Fact]
    public async Task An_index_that_is_not_json_is_bad_input()
    {
        await File.WriteAllTextAsync(folder.File("index.json"), "[{]", TestContext.Current.CancellationToken);

        Assert.Equal(2, await RunAsync("replay", folder.Path));
        AssertOneSentence("is not the index of an archive");
    }

    [Theory]
    [InlineData("missing.xml", "is not there")]
    [InlineData("../outside.xml", "lies outside its folder")]
    public async Task An_index_that_names_a_file_it_cannot_have_is_bad_input(string file, string sentence)
    {
        await File.WriteAllTextAsync(
            folder.File("index.json"),
            $$"""[{"feed":"a","captured_at":"2025-05-28T12:00:00Z","file":"{{file}}"}]""",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(2, await RunAsync("replay", folder.Path));
        AssertOneSentence(sentence);
    }

    [Fact]
    public async Task Reading_a_file_that_is_not_there_says_so()
    {
        Assert.Equal(3, await RunAsync("read", folder.File("nothing.xml")));
        AssertOneSentence("There is no file");
    }

    [Theory]
    [InlineData("http://127.0.0.1/feed")]
    [InlineData("http://10.0.0.1/feed")]
    [InlineData("http://[::1]/feed")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task Reading_a_private_network_address_is_not_allowed(string address)
    {
        Assert.Equal(5, await RunAsync("read", address));
        AssertOneSentence("");
    }

    // Beside the sources git would take database and keys into a commit.
    [Fact]
    public async Task What_make_run_keeps_is_in_the_folder_that_git_leaves_out()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var build = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "dotnet",
                ["msbuild", "src/CyberInsights.Server", "-getProperty:RunWorkingDirectory"]
            )
            {
                WorkingDirectory = Checkout.Root,
                RedirectStandardOutput = true,
            }
        )!;
        var at = (await build.StandardOutput.ReadToEndAsync(cancel)).Trim();
        await build.WaitForExitAsync(cancel);

        Assert.Equal(Checkout.Root, Path.GetFullPath(at));
        Assert.StartsWith("data/", new NewsroomSettings().Database, StringComparison.Ordinal);
        Assert.Contains("data/", Checkout.Text(".gitignore").Split('\n'));
    }

    [Fact]
    public async Task Reading_what_is_neither_feed_nor_page_is_bad_input()
    {
        await File.WriteAllBytesAsync(folder.File("noise"), [0, 1, 2, 3], TestContext.Current.CancellationToken);

        Assert.Equal(2, await RunAsync("read", folder.File("noise")));
        AssertOneSentence("is neither a feed nor a page");
    }

    [Fact]
    public async Task A_file_of_more_than_ten_mebibytes_is_not_read()
    {
        await using (var file = File.Create(folder.File("large.html")))
        {
            file.SetLength((10 << 20) + 1);
        }

        Assert.Equal(2, await RunAsync("read", folder.File("large.html")));
        AssertOneSentence("more than the 10 MiB");
    }

    [Fact]
    public async Task A_feed_and_a_page_are_read_as_one_line_of_json_each()
    {
        var samples = Path.Combine(Checkout.Root, "samples");

        var code = await RunAsync(
            "read",
            "--json",
            Path.Combine(samples, "northline", "2025-05-28T093000Z.xml"),
            Path.Combine(samples, "pages", "signalwatch.example", "2025", "czech-china-charge.html")
        );

        Assert.Equal(0, code);
        var lines = output.ToString().Trim().Split('\n');
        Assert.Equal(2, lines.Length);
        var feed = System.Text.Json.Nodes.JsonNode.Parse(lines[0])!;
        Assert.Equal("rss20", (string?)feed["kind"]);
        Assert.Single(feed["items"]!.AsArray());
        Assert.True(System.Text.Json.Nodes.JsonNode.Parse(lines[1])!["text"]!.GetValue<string>().Length > 500);
    }

    [Fact]
    public async Task Catalogues_advisories_and_records_are_known_by_their_content_and_shown()
    {
        (string Name, string Text, string Kind)[] documents =
        [
            ("a", Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-27")), "kev"),
            ("b", Samples.Advisory("NL-2025-01", "1", "2025-05-28T08:00:00Z").ToJsonString(), "csaf"),
            ("c", Samples.Record(Samples.Relay, "2025-05-27T10:00:00Z").ToJsonString(), "cve"),
            ("d", Samples.Nvd, "nvd"),
        ];
        foreach (var (name, text, _) in documents)
        {
            await File.WriteAllTextAsync(folder.File(name), text, TestContext.Current.CancellationToken);
        }
        string[] files = [.. documents.Select(d => folder.File(d.Name))];

        Assert.Equal(0, await RunAsync(["read", .. files]));
        Assert.Contains(
            "  CVE-2025-99101  Northline, Relay, added 2025-05-27, due 2025-06-18",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Northline Relay lets anybody in (csaf, NL-2025-01, version 1, Northline PSIRT, 1 vulnerabilities)",
            output.ToString(),
            StringComparison.Ordinal
        );

        output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync(["read", "--json", .. files]));
        Assert.Equal(
            documents.Select(d => d.Kind),
            output.ToString().Trim().Split('\n').Select(l => (string?)System.Text.Json.Nodes.JsonNode.Parse(l)!["kind"])
        );
        Assert.Empty(errors.ToString());
    }

    [Fact]
    public async Task Importing_from_a_folder_that_is_not_there_says_so()
    {
        Environment.SetEnvironmentVariable("Insights__Database", folder.File("import.db"));
        try
        {
            Assert.Equal(3, await RunAsync("import", "articles", folder.File("nowhere")));
            AssertOneSentence("There is no folder");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Insights__Database", null);
        }
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, output, errors);

    private void AssertOneSentence(string part)
    {
        var sentence = errors.ToString().Trim();
        Assert.Contains(part, sentence, StringComparison.Ordinal);
        Assert.NotEmpty(sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain("Exception", sentence, StringComparison.Ordinal);
    }
}
