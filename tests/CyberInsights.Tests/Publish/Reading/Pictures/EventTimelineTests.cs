using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;

namespace CyberInsights.Tests.Publish.Reading.Pictures;

public sealed class EventTimelineTests
{
    private static readonly DateTimeOffset Start = new(2025, 5, 28, 12, 10, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20, 1, 0)]
    [InlineData(24, 3, 0)]
    [InlineData(100, 6, 0)]
    [InlineData(24 * 20, 24, 0)]
    [InlineData(24 * 100, 7 * 24, 0)]
    [InlineData(24 * 500, 0, 1)]
    [InlineData(24 * 3000, 0, 6)]
    public void Steps_are_hours_days_weeks_or_months_as_the_time_is_long(int hours, int stepHours, int stepMonths)
    {
        var scale = TimeScale.Of(Start, Start.AddHours(hours));

        Assert.Equal(new TimeStep(stepHours, stepMonths), scale.Step);
        Assert.InRange(scale.Count, 2, TimeScale.MaxSteps);
        Assert.InRange(scale.Ticks.Count, 1, TimeScale.MaxTicks);
        Assert.Equal((0, scale.Count - 1), (scale.IndexOf(Start), scale.IndexOf(Start.AddHours(hours))));
    }

    [Fact]
    public void Weeks_begin_on_Monday_and_months_on_their_first_day()
    {
        Assert.Equal(DayOfWeek.Monday, TimeScale.Of(Start, Start.AddDays(100)).StartOf(3).DayOfWeek);
        Assert.Equal(1, TimeScale.Of(Start, Start.AddDays(500)).StartOf(5).Day);
    }

    [Fact]
    public void A_date_before_all_others_still_has_a_scale() =>
        Assert.InRange(TimeScale.Of(DateTimeOffset.MinValue, Start).Count, 2, TimeScale.MaxSteps);

    [Fact]
    public void Copies_are_told_from_reports_and_stances_have_lanes_in_the_order_of_the_ledger()
    {
        var page = Page(
            [Told(0), Told(0.2, copyOf: "Wire"), Told(5)],
            [
                Said(Stance.Deny, 5),
                Said(Stance.Accuse, 0),
                Said(Stance.Accuse, 0.1),
                Said(Stance.Accuse, 5),
                Said(Stance.Report, 1),
            ],
            [
                Changed(ChangeKind.SourceEdited, 4, "2\nSoftening\na\nb"),
                Changed(ChangeKind.StateChanged, 3, "Claimed\nDisputed"),
                Changed(ChangeKind.StateChanged, 1, "Developing\nClaimed"),
                Changed(ChangeKind.ReportAdded, 1, ""),
            ]
        );

        var line = EventTimeline.Of(page)!;

        Assert.Equal([new TimeBar(0, 1, 1), new TimeBar(5, 1, 0)], line.Bars);
        Assert.Equal(2, line.Highest.Total);
        Assert.Equal([Stance.Accuse, Stance.Deny], line.Lanes.Select(l => l.Stance));
        Assert.Equal([new TimeMark(0, 2), new TimeMark(5, 1)], line.Lanes[0].Marks);
        Assert.Equal([new StateMark(1, EventState.Claimed), new StateMark(3, EventState.Disputed)], line.States);
        Assert.Equal([new TimeMark(4, 1)], line.Edits);
        Assert.Equal(0, line.MoreLanes);
    }

    [Fact]
    public void More_than_eight_stances_are_left_to_the_list()
    {
        var stances = Enum.GetValues<Stance>().Where(s => s != Stance.Report).ToList();

        var line = EventTimeline.Of(Page([Told(0), Told(5)], [.. stances.Select((s, i) => Said(s, i % 5))], []))!;

        Assert.Equal(EventTimeline.MaxLanes, line.Lanes.Count);
        Assert.Equal(stances.Count - EventTimeline.MaxLanes, line.MoreLanes);
    }

    [Fact]
    public void What_was_told_within_an_hour_has_no_picture()
    {
        Assert.Null(EventTimeline.Of(Page([Told(0), Told(0.5)], [Said(Stance.Accuse, 0)], [])));
        Assert.Null(EventTimeline.Of(Page([], [], [])));
    }

    private static DossierPage Page(
        IReadOnlyList<CoverageLine> coverage,
        IReadOnlyList<ShownStatement> statements,
        IReadOnlyList<DossierChange> changes
    ) =>
        new()
        {
            AsOf = Start.AddDays(1),
            Event = new EventLine
            {
                EventId = 1,
                Slug = "event",
                Title = "Title",
                Language = "en",
                State = EventState.Developing,
                Outlets = 1,
                Independent = 1,
                Statements = 1,
                FirstToldAt = Start,
                LastToldAt = Start,
                ChangedAt = Start,
            },
            Coverage = coverage,
            Statements = statements,
            Changes = changes,
        };

    private static CoverageLine Told(double hours, string? copyOf = null) =>
        new()
        {
            ReportId = 1,
            SourceId = 1,
            SourceName = "Wire",
            Title = "Title",
            Language = "en",
            At = Start.AddHours(hours),
            Edits = 0,
            CopyOf = copyOf,
        };

    private static ShownStatement Said(Stance stance, double hours) =>
        new()
        {
            Id = 1,
            Stance = stance,
            Speaker = "Somebody",
            At = Start.AddHours(hours),
            Source = new ReportSource
            {
                ReportId = 1,
                SourceId = 1,
                Name = "Wire",
                Language = "en",
            },
            Language = "en",
            Proof = new Proof
            {
                Version = 1,
                StoredAt = Start,
                First = 1,
                Last = 2,
                Total = 2,
                Hash = "",
            },
            EventId = 1,
            EventSlug = "event",
            EventTitle = "Title",
            EventLanguage = "en",
        };

    private static DossierChange Changed(ChangeKind kind, double hours, string text) =>
        new()
        {
            Id = 1,
            Kind = kind,
            Text = text,
            At = Start.AddHours(hours),
            EventSlug = "event",
            EventTitle = "Title",
            EventLanguage = "en",
        };
}
