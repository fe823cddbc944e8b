using CyberInsights.Recognise;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Site;

/// <summary>The page of an event shows numbers with who gives them and indicators that nothing follows; that of an actor who is said to stand behind it.</summary>
public sealed class FactsPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dossier_shows_the_line_of_facts_the_numbers_and_harmless_indicators()
    {
        var seeds = new Seeds(site.Database, from: 700);
        var report = await seeds.ReportAsync(
            await seeds.SourceAsync("Wire <b>"),
            "Title",
            "Thornmere lost 4,000 records.",
            Some.Moment
        );
        await seeds.EventAsync("facts-event", "Title", EventState.Developing, [report], [], [], [], 1, 1, 1);
        await site.Database.WriteAsync(
            async t =>
            {
                await t.InsertAsync(
                    """
                    facts (report_id, version, ordinal, kind, value, role, least, most, approximate, start, length, text_hash,
                    confidence, reason)
                    """,
                    [
                        Fact(report, 0, FactKind.Happening, "Breach", null, null, "lost"),
                        Fact(report, 1, FactKind.Victim, "Thornmere <i>", null, null, "Thornmere"),
                        Fact(report, 2, FactKind.Number, "4000", nameof(Counted.Records), 4000, "4,000 records"),
                    ],
                    "",
                    Cancel
                );
                await t.InsertAsync(
                    "indicators (report_id, ordinal, kind, value, start, length)",
                    [
                        [report.Id, 0, IndicatorKind.Url, "https://evil.example/<x>", 0, 1],
                    ],
                    "",
                    Cancel
                );
            },
            Cancel
        );

        var html = await site.HtmlAsync("/events/facts-event");
        var arabic = await site.HtmlAsync("/ar/events/facts-event");

        Assert.Contains("Data breach", html, StringComparison.Ordinal);
        Assert.Contains("Thornmere &lt;i&gt;", html, StringComparison.Ordinal);
        Assert.Contains("4,000 records</q>", html, StringComparison.Ordinal);
        Assert.Contains("hxxps://evil[.]example/&lt;x&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://evil.example", html, StringComparison.Ordinal);
        Assert.Contains("تسريب بيانات", arabic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_actor_s_sponsor_is_a_claim_with_its_namer()
    {
        var seeds = new Seeds(site.Database, from: 800);
        var actor = await seeds.EntityAsync(EntityKind.Actor, "quillhand-crew", "Quillhand Crew");
        await site.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    "entity_sponsors (entity_id, code, namer)",
                    [
                        [actor, "IR", "MISP"],
                        [actor, "IR", "Tarn <b>"],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );

        var html = await site.HtmlAsync("/entities/quillhand-crew");

        Assert.Contains("according to", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.misp-galaxy.org/threat-actor/\"", html, StringComparison.Ordinal);
        Assert.Contains("Tarn &lt;b&gt;", html, StringComparison.Ordinal);
    }

    private static object?[] Fact(
        SeededReport report,
        int ordinal,
        FactKind kind,
        string value,
        string? role,
        double? number,
        string words
    ) =>
        [
            report.Id,
            1,
            ordinal,
            kind,
            value,
            role,
            number,
            number,
            false,
            report.Whole.IndexOf(words, StringComparison.Ordinal),
            words.Length,
            report.Hash,
            0.9,
            "a test",
        ];
}
