using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class HeadlinesTests
{
    [Theory]
    [InlineData("Police arrest two over Varnholt hack", nameof(Turns.Law) + ", " + nameof(Turns.Attack))]
    [InlineData("Varnholt patches zero-day exploited in the wild", "Fix, Flaw, Exploit")]
    [InlineData("Behörde warnt vor Schwachstelle in Sluicegate", "Advice, Flaw")]
    [InlineData("Úřad varuje před útoky", "Advice, Attack")]
    [InlineData("The port of Aldermark", "None")]
    public void A_headline_tells_of_turns(string title, string turns) =>
        Assert.Equal(Enum.Parse<Turns>(turns), Headlines.Of(title));

    [Theory]
    [InlineData("The week in ransomware: schools")]
    [InlineData("Leaders press regulators | FTC charges chipmaker | Workers speak out")]
    [InlineData("Wochenrückblick: was geschah")]
    [InlineData("Security newsletter, round 321")]
    public void Pieces_about_several_things_are_roundups(string title) =>
        Assert.True(Headlines.Of(title).HasFlag(Turns.Roundup));

    [Theory]
    [InlineData("Magazine publisher breached")]
    [InlineData("Weekly backups failed at hospital")]
    public void A_magazine_that_is_hit_is_no_roundup(string title) =>
        Assert.False(Headlines.Of(title).HasFlag(Turns.Roundup));
}
