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

    [Fact]
    public void With_meaning_it_does_not_matter_either_which_report_comes_first()
    {
        var model = PairModel.ShippedWithMeaning;
        var (a, b) = (
            model.Read(Report(1, "Ransomware shuts Thornmere hospitals")),
            model.Read(Report(2, "Thornmere hospitals shut by ransomware gang"))
        );

        Assert.Equal(model.Judge(a, b), model.Judge(b, a));
        Assert.InRange(model.Judge(a, b).Event, PairModel.EnoughForEvent, 1);
        Assert.NotEqual(Model.Judge(a, b), model.Judge(a, b));
    }

    [Fact]
    public void Without_a_meaning_of_both_reports_they_are_judged_as_without_the_setting()
    {
        var model = PairModel.ShippedWithMeaning;
        var (a, b) = (
            model.Read(Report(1, "Ransomware legt Kliniken in Thornmere lahm", "de")),
            model.Read(Report(2, "Kliniken in Thornmere nach Ransomware offline", "de"))
        );

        Assert.Null(a.Meaning);
        Assert.Equal(Model.Judge(a, b), model.Judge(a, b));
    }

    private static Profile Profile(long id, string title, params string[] links) =>
        new(Report(id, title) with { Links = links });

    private static GroupingReport Report(long id, string title, string language = "en") =>
        new()
        {
            Id = id,
            SourceId = id,
            PublishedAt = Some.Moment,
            FirstSeenAt = Some.Moment,
            Language = language,
            Title = title,
            Text = "",
        };
}
