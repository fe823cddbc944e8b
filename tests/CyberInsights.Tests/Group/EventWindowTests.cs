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

        var same = Find(
            Report(
                3,
                "Thornmere hospitals work on paper after ransomware",
                "Thornmere Health Group postpones operations."
            )
        );
        var other = Find(Report(4, "Aldermark parliament votes on AI liability", "The act passed by twelve votes."));

        Assert.Equal(100, same.EventId);
        Assert.Null(other.EventId);
    }

    [Fact]
    public void Headlines_that_name_different_vulnerabilities_do_not_meet_however_alike_they_are()
    {
        var relay = new GroupingEntity("vulnerability:cve-2025-99101", EntityKind.Vulnerability, true);
        var gate = new GroupingEntity("vulnerability:cve-2025-99102", EntityKind.Vulnerability, true);
        Add(1, 100, "Agency adds CVE-2025-99101 to its catalogue", "Install the update or switch it off.", relay);

        var other = Find(
            Report(2, "Agency adds CVE-2025-99102 to its catalogue", "Install the update or switch it off.", gate)
        );
        var same = Find(
            Report(3, "Agency moves the date for CVE-2025-99101", "Install the update or switch it off.", relay)
        );

        Assert.Null(other.EventId);
        Assert.Equal(100, same.EventId);
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

        var found = Find(
            Report(
                2,
                "Lücke in Sluicegate wird ausgenutzt",
                "Angreifer nutzen einen Fehler in Sluicegate von Varnholt.",
                flaw,
                vendor
            )
        );

        Assert.Equal(100, found.EventId);
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
            FirstSeenAt = Some.Moment.AddDays(30),
        };

        Assert.Null(Find(later).EventId);
    }

    [Fact]
    public void A_report_that_is_too_old_for_the_window_leaves_it_as_it_is()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");
        window.Add(
            Profile(
                Report(2, "An old tale", "Of long ago.") with
                {
                    PublishedAt = Some.Moment.AddYears(-3),
                    FirstSeenAt = Some.Moment.AddYears(-3),
                }
            ),
            new Place(200, 200)
        );

        Assert.Equal(Some.Moment - EventWindow.Span, window.Opens);
        Assert.Null(
            Find(
                Report(3, "An old tale", "Of long ago.") with
                {
                    PublishedAt = Some.Moment.AddYears(-3),
                    FirstSeenAt = Some.Moment.AddYears(-3),
                }
            ).EventId
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
        window.Add(Profile(report), new Place(100, 100));
        var once = Find(report with { Id = 2 });
        window.Add(Profile(report), new Place(100, 100));

        Assert.Equal(once, Find(report with { Id = 2 }));
    }

    [Fact]
    public void An_empty_report_belongs_nowhere()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "");

        Assert.Null(Find(Report(2, "", "")).EventId);
    }

    [Fact]
    public void A_roundup_joins_nothing_and_nothing_joins_it()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");

        Assert.Null(
            Find(
                Report(
                    2,
                    "Weekly roundup: Ransomware shuts Thornmere hospitals",
                    "Systems of Thornmere Health Group are encrypted."
                )
            ).EventId
        );

        Add(3, 200, "Week in review: Skylarn satellites silent", "The operator Skylarn blames a faulty update.");
        Assert.Null(
            Find(
                Report(4, "Skylarn satellites silent for two hours", "The operator Skylarn blames a faulty update.")
            ).EventId
        );
    }

    [Fact]
    public void A_new_turn_of_an_affair_is_another_event_of_the_same_story()
    {
        string[] headlines =
        [
            "Kaseya supply chain attack hits 200 companies",
            "REvil ransomware hits hundreds through Kaseya",
            "Kaseya attack: REvil encrypts service providers",
            "REvil gang behind ransomware attack on software maker Kaseya",
            "Ransomware attack on Kaseya hits service providers in 17 countries",
            "Software maker Kaseya hit by REvil ransomware attack",
        ];
        for (var i = 0; i < headlines.Length; i++)
        {
            Add(
                i + 1,
                100,
                headlines[i],
                "The gang REvil attacked the software maker Kaseya and hit its clients with ransomware on Friday."
            );
        }

        var found = Find(
            Report(
                10,
                "Supermarket chain shuts 500 stores because of Kaseya attack",
                "Tills of a Swedish grocer stopped working; customers stood before closed doors after its provider was hit through Kaseya."
            ) with
            {
                PublishedAt = Some.Moment.AddDays(3),
                FirstSeenAt = Some.Moment.AddDays(3),
            }
        );

        Assert.True(found.EventId is null, found.Why);
        Assert.Equal(100, found.StoryId);
    }

    [Fact]
    public void Nothing_is_put_into_a_locked_event()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");
        window.Lock(100, true);
        var report = Report(
            2,
            "Thornmere hospitals shut by ransomware",
            "Systems of Thornmere Health Group are encrypted."
        );

        Assert.Null(Find(report).EventId);

        window.Lock(100, false);
        Assert.Equal(100, Find(report).EventId);
    }

    [Fact]
    public void An_old_affair_is_known_again_by_its_first_report()
    {
        for (var i = 1; i <= 3; i++)
        {
            Add(
                i,
                100,
                $"Varnholt hacked by Greywater gang, {i}00 clients hit",
                "The Greywater gang attacked Varnholt and its clients with ransomware."
            );
        }
        window.Add(
            Profile(
                Report(9, "Skylarn satellites silent", "A faulty update.") with
                {
                    PublishedAt = Some.Moment.AddDays(30),
                    FirstSeenAt = Some.Moment.AddDays(30),
                }
            ),
            new Place(200, 200)
        );

        var found = Find(
            Report(
                10,
                "Greywater gang member arrested over Varnholt hack",
                "Police arrested a member of the Greywater gang that attacked Varnholt with ransomware."
            ) with
            {
                PublishedAt = Some.Moment.AddDays(31),
                FirstSeenAt = Some.Moment.AddDays(31),
            }
        );

        Assert.Null(found.EventId);
        Assert.Equal(100, found.StoryId);
        // The landmark and the two new ones; those of the affair that are no landmark are gone.
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public void A_source_that_floods_one_word_does_not_grow_what_a_decision_costs()
    {
        for (var i = 1; i <= 10_000; i++)
        {
            Add(i, i, $"Zorblatt offer {i * 7919}", $"Zorblatt zorblatt item {i * 104729} of the day.");
        }

        Add(20_001, 20_001, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");
        var found = Find(
            Report(
                20_002,
                "Thornmere hospitals shut by ransomware",
                "Systems of Thornmere Health Group are encrypted. Zorblatt."
            )
        );

        Assert.Equal(20_001, found.EventId);
    }

    [Fact]
    public void An_event_that_is_told_for_a_year_stays_one_and_the_window_small()
    {
        var at = Some.Moment;
        for (var day = 0; day < 365; day++)
        {
            var report = Report(
                1000 + day,
                "Thornmere hospitals still shut by ransomware",
                "Systems of Thornmere Health Group are encrypted."
            ) with
            {
                PublishedAt = at.AddDays(day),
                FirstSeenAt = at.AddDays(day),
            };
            var profile = Profile(report);
            var found = window.Find(profile);
            Assert.Equal(day == 0 ? null : 100, found.EventId);
            window.Add(profile, new Place(100, 100));
        }

        Assert.InRange(window.Count, 1, 10);
    }

    [Fact]
    public void A_date_far_in_the_future_does_not_close_the_window()
    {
        Add(1, 100, "Ransomware shuts Thornmere hospitals", "Systems of Thornmere Health Group are encrypted.");
        window.Add(
            Profile(
                Report(2, "Skylarn satellites silent", "A faulty update.") with
                {
                    PublishedAt = Some.Moment.AddYears(70),
                    FirstSeenAt = Some.Moment,
                }
            ),
            new Place(200, 200)
        );

        Assert.Equal(
            100,
            Find(
                Report(3, "Thornmere hospitals shut by ransomware", "Systems of Thornmere Health Group are encrypted.")
            ).EventId
        );
    }

    private Placement Find(GroupingReport report) => window.Find(Profile(report));

    private static Profile Profile(GroupingReport report) => new(report);

    private void Add(long id, long eventId, string title, string text, params GroupingEntity[] entities) =>
        window.Add(Profile(Report(id, title, text, entities)), new Place(eventId, eventId));

    private static GroupingReport Report(long id, string title, string text, params GroupingEntity[] entities) =>
        new()
        {
            Id = id,
            SourceId = id,
            PublishedAt = Some.Moment,
            FirstSeenAt = Some.Moment,
            Language = title.Contains('ü', StringComparison.Ordinal) ? "de" : "en",
            Title = title,
            Text = text,
            Entities = entities,
        };
}
