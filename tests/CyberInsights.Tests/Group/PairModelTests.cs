using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class PairModelTests
{
    private static readonly PairModel Model = PairModel.Shipped;

    [Fact]
    public void It_does_not_matter_which_report_comes_first()
    {
        var (a, b) = (
            Profile(1, "Ransomware shuts Thornmere hospitals"),
            Profile(2, "Thornmere hospitals shut by ransomware gang")
        );

        Assert.Equal(Model.Judge(a, b), Model.Judge(b, a));
        Assert.InRange(Model.Judge(a, b).Event, PairModel.EnoughForEvent, 1);
    }

    [Fact]
    public void A_link_that_both_follow_makes_them_more_alike()
    {
        const string Advisory = "https://cert.example/advisories/42";
        var title = ("Agency tells of router attacks", "Home routers misused in attacks on ministries");
        var without = Model.Judge(Profile(1, title.Item1), Profile(2, title.Item2));

        var with = Model.Judge(Profile(1, title.Item1, Advisory), Profile(2, title.Item2, Advisory));

        Assert.True(with.Event > without.Event, $"{with} {without}");
        Assert.InRange(with.Story, without.Story, 1);
    }

    [Fact]
    public void Reports_that_share_nothing_are_of_nothing_common() =>
        Assert.Equal(
            default,
            Model.Judge(Profile(1, "Skylarn satellites silent"), Profile(2, "Parliament votes on liability"))
        );

    private static Profile Profile(long id, string title, params string[] links) =>
        new(
            new GroupingReport
            {
                Id = id,
                SourceId = id,
                PublishedAt = Some.Moment,
                FirstSeenAt = Some.Moment,
                Language = "en",
                Title = title,
                Text = "",
                Links = links,
            }
        );
}
