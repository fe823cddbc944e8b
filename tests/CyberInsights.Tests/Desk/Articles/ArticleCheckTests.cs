using System.Text;
using CyberInsights.Net;
using CyberInsights.Publish.Checking;
using CyberInsights.Tests.Net;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Articles;

/// <summary>What is looked at before an article goes out, on the invented day.</summary>
public sealed class ArticleCheckTests : IAsyncLifetime
{
    private static readonly ArticleWork Good = new()
    {
        ArticleId = 1,
        Version = 1,
        Slug = "our-piece",
        Title = "Our piece",
        Deck = "A deck.",
        Author = "Ada",
        Events = InventedDay.LeadSlug,
        Markdown = "Our own words.",
    };

    private readonly RawServer server = new(AnswerAsync);
    private DeskSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        site = await DeskSite.StartAsync(outbound: new OutboundPolicy { ReservedHosts = server.Endpoint });

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_article_without_fault_passes_every_check()
    {
        var findings = await CheckAsync(Good);

        Assert.Equal(Enum.GetValues<ArticleCheck>(), findings.Select(f => f.Check));
        Assert.All(findings, f => Assert.Equal(Verdict.Pass, f.Verdict));
    }

    [Theory]
    [InlineData("{{statement: 12}}", "statement-unproven")]
    [InlineData("{{event: no-such-event}}", "insert-missing")]
    [InlineData("{{trend: no-such-topic}}", "insert-missing")]
    [InlineData("See {{statement: 12}} here.", "insert-unread")]
    [InlineData("[x](/events/no-such-event)", "link-dead")]
    [InlineData("[x](http://gone.example/)", "link-dead")]
    [InlineData("[x](http://missing.example/)", "link-dead")]
    [InlineData("[x](http://10.0.0.1/)", "link-refused")]
    [InlineData("[x](javascript:alert(1))", "link-none")]
    [InlineData("![](none.webp)", "picture-missing")]
    [InlineData("Words ![a](none.webp) around.", "picture-inline")]
    public async Task What_does_not_hold_stops_the_article(string markdown, string why)
    {
        var findings = await CheckAsync(Good with { Markdown = markdown });

        Assert.Contains(findings, f => f.Verdict == Verdict.Stop && f.Why == why);
    }

    [Theory]
    [InlineData("[x](http://good.example/)", Verdict.Pass)]
    [InlineData("[x](http://moved.example/)", Verdict.Pass)]
    [InlineData("[x](http://busy.example/)", Verdict.Warn)]
    [InlineData("[x](http://broken.example/)", Verdict.Warn)]
    [InlineData("[x](/events/karsk-names-velonia-over-ministry-intrusion#log)", Verdict.Pass)]
    public async Task A_link_is_asked_and_what_is_unsure_is_left_to_a_person(string markdown, Verdict verdict)
    {
        var finding = Assert.Single(
            await CheckAsync(Good with { Markdown = markdown }),
            f => f.Check == ArticleCheck.Links
        );

        Assert.Equal(verdict, finding.Verdict);
    }

    [Fact]
    public async Task Words_between_quotation_marks_are_looked_for_in_the_reports()
    {
        var findings = await CheckAsync(
            Good with
            {
                Markdown =
                    "It spoke of a “patient and hostile campaign”, and “we never said anything like this at all”.",
            }
        );

        var warned = Assert.Single(findings, f => f.Why == "quote-unproven");
        Assert.Equal((Verdict.Warn, "we never said anything like this at all"), (warned.Verdict, warned.About));
    }

    [Fact]
    public async Task A_statement_whose_proof_holds_passes_and_one_whose_text_was_changed_stops()
    {
        var id = await site.Database.FirstAsync<long>("select min(id) from statements", null, Cancel);
        var work = Good with { Markdown = $"{{{{statement: {id}}}}}" };

        Assert.DoesNotContain(await CheckAsync(work), f => f.Verdict == Verdict.Stop);
        await site.Database.WriteAsync(
            t => t.ExecuteAsync("update report_versions set text = text || ' changed'", null, Cancel),
            Cancel
        );
        Assert.Contains(await CheckAsync(work), f => f.Why == "statement-unproven");
    }

    [Fact]
    public async Task A_source_that_is_quoted_at_length_stops_the_article()
    {
        const string first =
            "Karsk said on Wednesday that a group tied to Velonia was inside an unclassified network of its foreign ministry for two years. Velonia denies it.";
        const string second =
            "Foreign Minister Ilka Maren summoned the ambassador. “I told the ambassador that such acts have consequences for what we can still do together as neighbours,” she said.";

        var one = await CheckAsync(Good with { Markdown = $"> {first}" });
        var both = await CheckAsync(
            Good with
            {
                Markdown = $"> {first}\n\nAnd:\n\n> {second.Replace('“', '\'').Replace('”', '\'')}",
            }
        );
        var whole = await CheckAsync(
            Good with
            {
                Markdown = $"\"{first}\" and \"{first[..100]}\" and \"{first[50..]}\"",
            }
        );

        Assert.DoesNotContain(one, f => f.Verdict != Verdict.Pass);
        Assert.Contains(both, f => f.Why == "quote-unproven");
        Assert.Contains(
            whole,
            f => f.Why == "excerpt-long" && f.About.StartsWith("Central Wire", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Ilka Maren was accused of taking bribes.", true)]
    [InlineData("Ilka Maren summoned the ambassador.", false)]
    [InlineData("[Ilka Maren](https://good.example/) was accused of taking bribes.", false)]
    [InlineData(
        "Ilka Maren was accused of taking bribes.\n\n{{event: karsk-names-velonia-over-ministry-intrusion}}",
        false
    )]
    [InlineData("Somebody else was accused. Ilka Maren was not there.", false)]
    public async Task Who_names_a_person_in_an_accusation_says_from_where(string markdown, bool stops)
    {
        await new Seeds(site.Database).EntityAsync(EntityKind.Person, "ilka-maren", "Ilka Maren");

        var findings = await CheckAsync(Good with { Markdown = markdown });

        Assert.Equal(stops, findings.Any(f => f is { Why: "person-unsourced", About: "Ilka Maren" }));
    }

    [Fact]
    public async Task Many_links_take_no_longer_than_the_time_for_all()
    {
        var markdown = string.Join("\n\n", Enumerable.Range(0, 60).Select(i => $"[x](http://good{i}.example/)"));

        var findings = await CheckAsync(Good with { Markdown = markdown });

        Assert.Contains(findings, f => f is { Why: "link-many", About: "20" });
        Assert.True(server.Connections <= LinkChecker.MaxLinks);
    }

    private Task<IReadOnlyList<ArticleFinding>> CheckAsync(ArticleWork work) =>
        site.Services.GetRequiredService<ArticleChecker>().CheckAsync(work, Cancel);

    private static Task AnswerAsync(RawExchange exchange)
    {
        var host = exchange.Host;
        var answer = host switch
        {
            "gone.example" => "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
            "missing.example" => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            "moved.example" => "HTTP/1.1 301 Moved\r\nLocation: http://good.example/\r\nContent-Length: 0\r\n\r\n",
            "busy.example" => "HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\n\r\n",
            "broken.example" => "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n",
            _ => "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>Hello</p>",
        };
        return exchange.SendAsync(Encoding.Latin1.GetBytes(answer));
    }
}
