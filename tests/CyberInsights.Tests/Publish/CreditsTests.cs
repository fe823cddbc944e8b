using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class CreditsTests
{
    private static readonly Dictionary<string, string> Sources = new() { ["Perimeter Daily"] = "Perimeter Daily" };

    [Theory]
    [InlineData("Reuters", null, "BRATISLAVA, May 28 (Reuters) - A port stood still on Wednesday.")]
    [InlineData("Associated Press", null, "HARBOUR CITY (AP) — A port stood still on Wednesday.")]
    [InlineData("dpa", null, "Berlin (dpa/lnw) - Ein Hafen steht still.")]
    [InlineData("AFP", "Jane Doe, AFP", "A port stood still on Wednesday.")]
    [InlineData("Reuters", "Reuters", "A port stood still on Wednesday.")]
    [InlineData("dpa", null, "Ein Hafen steht still.\n\n(dpa)")]
    [InlineData("dpa", null, "Ein Hafen steht still.\n\nQuelle: dpa")]
    [InlineData("Reuters", null, "A port stood still.\n\nReporting by Jane Doe; Editing by John Roe")]
    [InlineData("AFP", null, "A port stood still.\n\n© 2025 AFP")]
    [InlineData("Xinhua", null, "新华社北京5月28日电 一座港口周三停摆。")]
    [InlineData("Reuters", null, "براغ (رويترز) - توقف ميناء عن العمل.")]
    [InlineData("ČTK", "ČTK", "Přístav stojí.")]
    [InlineData(null, "Jane Doe with Reuters", "A port stood still on Wednesday.")]
    [InlineData(null, null, "A port (AP-12) stood still. An access point (AP) is a radio.")]
    [InlineData(null, null, "She told Reuters that the port stood still.")]
    [InlineData(null, null, "")]
    public void An_agency_is_found_in_byline_dateline_and_signature(string? agency, string? author, string text) =>
        Assert.Equal(agency, Credits.Wire(author, text));

    [Theory]
    [InlineData(Dependence.Republished, "Perimeter Daily", "This article originally appeared on Perimeter Daily.")]
    [InlineData(Dependence.Quotes, "BleepingComputer", "The theft was first reported by BleepingComputer.")]
    [InlineData(Dependence.Quotes, "BleepingComputer", "BleepingComputer first reported the theft.")]
    [InlineData(Dependence.Quotes, "TechCrunch", "A port stood still, according to the technology site TechCrunch.")]
    [InlineData(Dependence.Quotes, "TechCrunch", "According to a report by TechCrunch, a port stood still.")]
    [InlineData(
        Dependence.Quotes,
        "heise online",
        "Das hatte zuerst heise online. Zuerst berichtete heise online darüber."
    )]
    [InlineData(Dependence.Republished, "Xinhua", "转载自Xinhua")]
    public void An_outlet_is_found_that_the_text_names_as_its_origin(Dependence reason, string outlet, string text)
    {
        var sources = new Dictionary<string, string>(Sources) { ["Xinhua"] = "Xinhua" };

        Assert.Equal(new Credit(reason, outlet), Credits.Named(text, sources).First());
    }

    [Fact]
    public void A_text_of_nothing_but_phrases_is_read_in_bounded_time()
    {
        var many = Enumerable.Range(0, 10_000).ToDictionary(i => $"Outlet {i}", i => $"Outlet {i}");
        var text = string.Concat(Enumerable.Repeat("according to ", 100_000)) + "TechCrunch";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Empty(Credits.Named(text, many));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("According to a report by the police, a port stood still.")]
    [InlineData("TechCrunchers first reported nothing.")]
    [InlineData("He wrote to BleepingComputer.")]
    public void Other_names_and_other_mentions_are_none(string text) => Assert.Empty(Credits.Named(text, Sources));
}
