using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class QuotesTests
{
    [Theory]
    [InlineData("He said “we will act” today.", "we will act")]
    [InlineData("Er sagte: „Wir handeln jetzt“, dann ging er.", "Wir handeln jetzt")]
    [InlineData("Er sagte: »Wir handeln jetzt«, dann ging er.", "Wir handeln jetzt")]
    [InlineData("Il a dit « nous agissons » hier.", " nous agissons ")]
    [InlineData("Řekl: „Budeme jednat,“ a odešel.", "Budeme jednat,")]
    [InlineData("قال «سنتحرك الآن» اليوم.", "سنتحرك الآن")]
    [InlineData("彼は「行動する」と述べた。", "行動する")]
    [InlineData("She said \"we will act\" today.", "we will act")]
    [InlineData("She said 'we will act' today.", "we will act")]
    [InlineData("She said ‘we will act’ today.", "we will act")]
    [InlineData("Hon sade ”vi agerar nu” igår.", "vi agerar nu")]
    public void Marks_of_every_language_enclose_what_is_said(string text, string said)
    {
        var quotation = Assert.Single(Quotes.Of(text));
        Assert.Equal(said, text.Substring(quotation.Start, quotation.Length));
    }

    [Theory]
    [InlineData("China's embassy didn't answer, the victims' lawyers said.")]
    [InlineData("He opened “a quotation and never closed it.")]
    [InlineData("It closes” what was never opened.")]
    [InlineData("A 5\" disk")]
    public void An_apostrophe_or_a_mark_alone_encloses_nothing(string text) => Assert.Empty(Quotes.Of(text));

    [Fact]
    public void A_quotation_within_a_quotation_is_one_level_deeper()
    {
        const string text = "“They told us ‘go home’ and left,” she said.";

        var found = Quotes.Of(text);

        Assert.Equal([0, 1], found.Select(q => q.Depth));
        Assert.Equal("They told us ‘go home’ and left,", text.Substring(found[0].Start, found[0].Length));
        Assert.Equal("go home", text.Substring(found[1].Start, found[1].Length));
    }

    [Fact]
    public void A_quotation_over_two_paragraphs_opens_twice_and_closes_once()
    {
        const string text = "“It began in May.\n\n“It ended in June,” she said.";

        var found = Quotes.Of(text);

        Assert.Equal(["It began in May.", "It ended in June,"], found.Select(q => text.Substring(q.Start, q.Length)));
        Assert.Equal([true, false], found.Select(q => q.Continued));
    }

    [Fact]
    public void A_line_broken_within_a_quotation_does_not_end_it()
    {
        const string text = "It was “a large\n\ncampaign” against us.";

        Assert.Single(Quotes.Of(text));
    }

    [Fact]
    public void A_million_opening_marks_are_read_in_linear_time()
    {
        Assert.Empty(Quotes.Of(new string('“', 1_000_000)));
        Assert.Empty(Quotes.Of(string.Concat(Enumerable.Repeat("“\n", 500_000))));
    }
}
