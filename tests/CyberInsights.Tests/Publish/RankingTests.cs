using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class RankingTests
{
    private static readonly DateTimeOffset Now = Some.Moment.AddDays(1);

    private readonly List<MaterialReport> reports = [];
    private readonly List<ReportOrigin> origins = [];
    private readonly List<Fact> facts = [];

    [Fact]
    public void Twice_the_origins_weigh_as_much_as_a_day()
    {
        Tell(1);
        Tell(2);
        Tell(3);
        var (three, _) = Rank();
        for (var i = 4; i <= 7; i++)
        {
            Tell(i);
        }
        var (seven, _) = Rank();

        Assert.Equal(1, seven - three, 6);
    }

    [Fact]
    public void A_source_that_floods_ten_thousand_reports_lifts_nothing()
    {
        Tell(1);
        var (before, _) = Rank();
        for (var i = 2; i <= 10_000; i++)
        {
            Tell(i, origin: 1, hours: i / 1000.0);
        }

        Assert.Equal(before, Rank().Rank);
    }

    [Fact]
    public void One_of_two_origins_cannot_move_the_event_by_telling_it_again()
    {
        Tell(1);
        Tell(2, hours: 1);
        var (before, _) = Rank();
        Tell(3, origin: 2, hours: 20);

        Assert.Equal(before, Rank().Rank);

        Tell(4, origin: 1, hours: 20);
        Assert.True(Rank().Rank > before);
    }

    [Fact]
    public void What_one_origin_alone_tells_is_held_back_however_grave_it_is()
    {
        Tell(1);
        var (plain, _) = Rank();
        Exploited(1);
        People(1, 5_000_000);
        Assert.Equal(plain, Rank().Rank);

        reports[0] = reports[0] with { FirstHand = true };
        var (rank, why) = Rank();

        Assert.True(why.Capped);
        Assert.InRange(rank, plain, plain + 0.5);
    }

    [Fact]
    public void Severity_counts_as_far_as_two_origins_tell_it()
    {
        Tell(1);
        Tell(2);
        var (plain, _) = Rank();
        Exploited(1);
        People(1, 5_000_000);
        Assert.Equal(plain, Rank().Rank);

        Exploited(2);
        People(2, 2_000_000);
        var (rank, why) = Rank();

        Assert.True(rank > plain + 1.5);
        Assert.Equal((true, 2_000_000L), (why.Exploited, why.Victims));
    }

    [Fact]
    public void A_date_in_the_future_counts_as_now()
    {
        Tell(1, hours: 24);
        Tell(2, hours: 24);
        var (now, _) = Rank();
        reports[0] = reports[0] with { PublishedAt = Now.AddYears(10) };
        reports[1] = reports[1] with { PublishedAt = Now.AddYears(10) };

        Assert.Equal(now, Rank().Rank);
    }

    [Fact]
    public void An_event_that_runs_for_a_year_stands_below_one_of_today()
    {
        Tell(1);
        Tell(2);
        var (today, _) = Rank();
        reports[0] = reports[0] with { PublishedAt = Some.Moment.AddDays(-365) };
        Tell(3, origin: 1);
        var (year, why) = Rank();

        Assert.Equal(365, why.Days);
        Assert.InRange(today - year, 1, 3);
    }

    [Fact]
    public void The_reason_survives_being_stored_and_an_old_sentence_is_none()
    {
        Tell(1);
        var (_, why) = Rank();

        Assert.Equal(why, RankReason.Parse(why.ToJson()));
        Assert.Null(RankReason.Parse("2 independent of 3 outlets"));
    }

    private (double Rank, RankReason Why) Rank() =>
        Ranking.Of(
            new DossierMaterial
            {
                Event = new Event
                {
                    Id = 1,
                    Slug = "e",
                    FirstToldAt = Some.Moment,
                    LastToldAt = Some.Moment,
                },
                Reports = reports,
                OutletCount = reports.Select(r => r.SourceId).Distinct().Count(),
                Statements = [],
                Facts = facts,
            },
            origins,
            Now
        );

    private void Tell(long id, long? origin = null, double hours = 0)
    {
        origins.Add(new ReportOrigin(id, origin ?? id, Dependence.None, null));
        reports.Add(
            new MaterialReport
            {
                EventId = 1,
                Id = id,
                SourceId = origin ?? id,
                OriginId = origin ?? id,
                SourceName = "",
                Reliability = 3,
                Title = "",
                Text = "",
                Language = "en",
                PublishedAt = Some.Moment.AddHours(hours),
            }
        );
    }

    private void Exploited(long report) =>
        facts.Add(Fact(report, FactKind.Happening, nameof(Happening.Exploitation), null, null));

    private void People(long report, double number) =>
        facts.Add(Fact(report, FactKind.Number, "", nameof(Counted.People), number));

    private static Fact Fact(long report, FactKind kind, string value, string? role, double? number) =>
        new()
        {
            ReportId = report,
            Version = 1,
            Ordinal = 0,
            Kind = kind,
            Value = value,
            Role = role,
            Least = number,
            Most = number,
            Start = 0,
            Length = 0,
            TextHash = "",
            Reason = "",
        };
}
