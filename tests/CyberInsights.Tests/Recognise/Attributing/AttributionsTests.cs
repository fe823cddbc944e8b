using CyberInsights.Recognise;
using CyberInsights.Recognise.Attributing;

namespace CyberInsights.Tests.Recognise.Attributing;

public sealed class AttributionsTests
{
    [Theory]
    // Verbs of saying, before, after and within what is said.
    [InlineData("Norland said that the port was closed.", "Norland", "said", "that the port was closed")]
    [InlineData("The port was closed, prosecutors said.", "prosecutors", "said", "The port was closed")]
    [InlineData("The port, prosecutors said, was closed.", "prosecutors", "said", "The port|was closed")]
    [InlineData("The mayor told reporters he would resign.", "The mayor", "told", "he would resign")]
    [InlineData(
        "Two officials familiar with the case said the port was closed.",
        "Two officials familiar with the case",
        "said",
        "the port was closed"
    )]
    // Quotations.
    [InlineData("“We know who did it,” Norland said.", "Norland", "said", "“We know who did it,”")]
    [InlineData(
        "“We know who did it,” said Anna Berg, the prime minister of Norland.",
        "Anna Berg, the prime minister of Norland",
        "said",
        "“We know who did it,”"
    )]
    [InlineData(
        "“We know who did it,” Norland's prime minister, Anna Berg, said.",
        "Norland's prime minister, Anna Berg",
        "said",
        "“We know who did it,”"
    )]
    [InlineData("“Who did it?” Berg demanded.", "Berg", "demanded", "“Who did it?”")]
    [InlineData(
        "“We know enough,” Berg said. “We will act soon.”",
        "Berg",
        "said",
        "“We know enough,”|“We will act soon.”"
    )]
    [InlineData("Berg said: “We know. We will act.”", "Berg", "said", "“We know. We will act.”")]
    [InlineData(
        "“It was a hard year for all of us.” — Anna Berg",
        "Anna Berg",
        "—",
        "“It was a hard year for all of us.”"
    )]
    [InlineData("Norway: We will not close the port", "Norway", ":", "We will not close the port")]
    // What somebody thinks, wants and judges.
    [InlineData("Norland hopes the port opens soon.", "Norland", "hopes", "the port opens soon")]
    [InlineData("Critics fear that the plan will fail.", "Critics", "fear", "that the plan will fail")]
    [InlineData("The mayor wants to close the port.", "The mayor", "wants", "to close the port")]
    [InlineData("The mayor urged workers to leave the port.", "The mayor", "urged", "workers to leave the port")]
    [InlineData("The union criticized the plan.", "The union", "criticized", "the plan")]
    [InlineData("The union called for a strike.", "The union", "called for", "a strike")]
    [InlineData("The mayor is confident that the plan works.", "The mayor", "confident", "that the plan works")]
    // Other cues.
    [InlineData("According to the union, the plan failed.", "the union", "According to", "the plan failed")]
    [InlineData(
        "Sudland rejected Norland's claim that the port was closed.",
        "Norland",
        "claim",
        "that the port was closed"
    )]
    // Whose subject is elsewhere.
    [InlineData("The union, which said the plan had failed, went on strike.", "which", "said", "the plan had failed")]
    public void A_sentence_tells_who_says_what(string text, string source, string cue, string content) =>
        Assert.Contains(
            (source, cue, content),
            Read(text).Select(a => (Cut(text, a.Source), Cut(text, a.Cue), Content(text, a)))
        );

    [Fact]
    public void A_participle_goes_on_with_the_same_source()
    {
        const string text = "Berg denied the report, adding that the port was open.";

        Assert.Equal(
            [("Berg", "the report"), ("Berg", "that the port was open")],
            Read(text).Select(a => (Cut(text, a.Source), Content(text, a)))
        );
    }

    [Fact]
    public void What_somebody_says_that_another_said_is_nested()
    {
        const string text = "Berg said that Norland denied the report.";

        Assert.Equal([("Berg", false), ("Norland", true)], Read(text).Select(a => (Cut(text, a.Source), a.Nested)));
    }

    [Theory]
    [InlineData("The port was closed in May.")]
    [InlineData("The storm forced the port to close.")]
    [InlineData("“No entry” signs stood at the gate.")]
    [InlineData("The said port was closed.")]
    public void Where_nobody_speaks_nothing_is_attributed(string text) => Assert.Empty(Read(text));

    [Fact]
    public void Other_languages_have_none() =>
        Assert.Empty(Recogniser.Read("", "Die Regierung sagte, der Hafen sei zu.", "de").Attributions);

    private static IReadOnlyList<Attribution> Read(string text) => Recogniser.Read("", text, "en").Attributions;

    // Offsets count the empty title's line feed.
    private static string Cut(string text, Span span) => text.Substring(span.Start - 1, span.Length);

    private static string Content(string text, Attribution attribution) =>
        string.Join('|', attribution.Content.Select(c => Cut(text, c)));
}
