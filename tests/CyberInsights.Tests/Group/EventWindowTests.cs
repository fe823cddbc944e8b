using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class EventWindowTests
{
    private readonly EventWindow window = new();

    [Fact]
    public void Two_reports_of_one_happening_meet_and_a_third_of_another_does_not()
    {
        Add(
            1,
            100,
            "Ransomware shuts Thornmere hospitals",
            "Systems at 14 sites of Thornmere Health Group are encrypted."
        );
        Add(2, 200, "Skylarn satellites silent for two hours", "The operator Skylarn blames a faulty update.");

        var same = window.Find(
            Report(
                3,
                "Thornmere hospitals work on paper after ransomware",
                "Thornmere Health Group postpones operations."
            )
        );
        var other = window.Find(
            Report(4, "Aldermark parliament votes on AI liability", "The act passed by twelve votes.")
        );

        Assert.Equal(100, same?.EventId);
        Assert.Null(other);
    }

    [Fact]
    public void Headlines_that_name_different_vulnerabilities_do_not_meet_however_alike_they_are()
    {
        var relay = new GroupingEntity("vulnerability:cve-2025-99101", EntityKind.Vulnerability, true);
        var gate = new GroupingEntity("vulnerability:cve-2025-99102", EntityKind.Vulnerability, true);
        Add(1, 100, "Agency adds CVE-2025-99101 to its catalogue", "Install the update or switch it off.", relay);

        var other = window.Find(
            Report(2, "Agency adds CVE-2025-99102 to its catalogue", "Install the update or switch it off.", gate)
        );
        var same = window.Find(
            Report(3, "Agency moves the date for CVE-2025-99101", "Install the update or switch it off.", relay)
        );

        Assert.Null(other);
        Assert.Equal(100, same?.EventId);
    }

    [Fact]
    public void A_shared_vulnerability_brings_reports_in_two_languages_together()
    {
        var flaw = new GroupingEntity("vulnerability:cve-2025-99101", EntityKind.Vulnerability, true);
        var vendor = new GroupingEntity("organisation:varnholt", EntityKind.Organisation, false);
        Add(
            1,
            100,
            "Sluicegate flaw exploited",
            "Attackers use a parser error in Sluicegate by Varnholt.",
            flaw,
            vendor
        );

        var found = window.Find(
            Report(
                2,
                "Lücke in Sluicegate wird ausgenutzt",
                "Angreifer nutzen einen Fehler in Sluicegate von Varnholt.",
                flaw,
                vendor
            )
        );

        Assert.Equal(100, found?.EventId);
    }

    [Fact]
    public void The_same_words_weeks_later_are_another_event()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");

        var later = Report(
            2,
            "Ransomware shuts Thornmere hospitals",
            "Systems of Thornmere Health Group are encrypted."
        ) with
        {
            PublishedAt = Some.Moment.AddDays(30),
        };

        Assert.Null(window.Find(later));
    }

    [Fact]
    public void A_report_that_is_too_old_for_the_window_leaves_it_as_it_is()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");
        window.Add(Report(2, "An old tale", "Of long ago.") with { PublishedAt = Some.Moment.AddYears(-3) }, 200);

        Assert.Equal(Some.Moment - EventWindow.Span, window.Opens);
        Assert.Null(
            window.Find(Report(3, "An old tale", "Of long ago.") with { PublishedAt = Some.Moment.AddYears(-3) })
        );
    }

    [Fact]
    public void Adding_a_report_again_counts_it_once()
    {
        var report = Report(
            1,
            "Ransomware shuts Thornmere hospitals",
            "Systems of Thornmere Health Group are encrypted."
        );
        window.Add(report, 100);
        var once = window.Find(report with { Id = 2 });
        window.Add(report, 100);

        Assert.Equal(once, window.Find(report with { Id = 2 }));
    }

    [Fact]
    public void An_empty_report_belongs_nowhere()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "");

        Assert.Null(window.Find(Report(2, "", "")));
    }

    private void Add(long id, long eventId, string title, string text, params GroupingEntity[] entities) =>
        window.Add(Report(id, title, text, entities), eventId);

    private static GroupingReport Report(long id, string title, string text, params GroupingEntity[] entities) =>
        new()
        {
            Id = id,
            PublishedAt = Some.Moment,
            Language = title.Contains('ü', StringComparison.Ordinal) ? "de" : "en",
            Title = title,
            Text = text,
            Entities = entities,
        };
}
