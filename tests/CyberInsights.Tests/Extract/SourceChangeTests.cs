using CyberInsights.Extract;

namespace CyberInsights.Tests.Extract;

public sealed class SourceChangeTests
{
    private static readonly Source Before = Some.Source("record") with { Labels = [], Owner = "Somebody" };

    [Fact]
    public void What_is_named_is_changed_and_what_is_empty_is_taken_out()
    {
        var after = new SourceChange
        {
            Name = " Record ",
            Owner = "",
            Country = "cz",
            Labels = ["Press", "press", " "],
            Relevance = "field",
            Exclude = "goal\n\n sport ",
        }.ApplyTo(Before);

        Assert.Equal(("Record", null, "CZ"), (after.Name, after.Owner, after.Country));
        Assert.Equal(["press"], after.Labels!);
        Assert.Equal((Relevance.Field, "goal\nsport"), (after.Relevance, after.ExcludeRules));
        Assert.Equal((Before.Address, Before.Language), (after.Address, after.Language));
    }

    [Fact]
    public void The_difference_leads_there_and_back()
    {
        var after = Before with { Name = "Other", Owner = null, Reliability = 5, WatchEdits = false, Labels = ["a"] };

        var there = SourceChange.Between(Before, after);
        var back = SourceChange.Between(after, Before);

        Assert.Equal((null, "", false), (there.Home, there.Owner, there.WatchEdits));
        Assert.True(SourceChange.Between(there.ApplyTo(Before), after).Empty);
        Assert.True(SourceChange.Between(back.ApplyTo(after), Before).Empty);
        Assert.False(there.ChangesSelection);
    }

    public static TheoryData<SourceChange, string> Unusable =>
        new()
        {
            {
                new SourceChange { Name = " " },
                "The name is empty"
            },
            {
                new SourceChange { Owner = new string('a', SourceChange.MaxText + 1) },
                "more than 300 characters"
            },
            {
                new SourceChange { Language = "no tag" },
                "no language tag"
            },
            {
                new SourceChange { Country = "CZE" },
                "no country code"
            },
            {
                new SourceChange { Ownership = "mine" },
                "Give one of private"
            },
            {
                new SourceChange { Reliability = 6 },
                "from 1 to 5"
            },
            {
                new SourceChange { Relevance = "some" },
                "Give one of all, field"
            },
            {
                new SourceChange { Include = "/(/" },
                "nothing was changed"
            },
        };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void A_value_that_cannot_be_used_is_refused_in_a_sentence(SourceChange change, string sentence) =>
        Assert.Contains(
            sentence,
            Assert.Throws<RefusalException>(() => change.ApplyTo(Before)).Message,
            StringComparison.Ordinal
        );
}
