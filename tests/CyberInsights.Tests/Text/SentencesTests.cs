using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("en", "One went. Two came.", 2)]
    [InlineData("en", "The U.S. embassy said no. It left.", 2)]
    [InlineData("en", "Mr. Smith and Dr. J. Doe of Example Inc. met on Jan. 5 in the U.K. They left.", 2)]
    [InlineData("en", "“Stop!” he said. “We will not stop.” She left.", 3)]
    [InlineData("en", "Version 3.0 of sekoia.io costs $1.5 million. Buy.", 2)]
    [InlineData("de", "Am 24. November sagte er das. Dann ging er.", 2)]
    [InlineData("cs", "Dne 24. listopadu to řekl. Pak odešel.", 2)]
    [InlineData("ar", "هل هذا صحيح؟ نعم.", 2)]
    [InlineData("ja", "彼は言った。彼女は去った。", 2)]
    [InlineData("en", "A title\nwithout a stop goes first.", 2)]
    [InlineData("en", "T\nIt was a large\n\ncampaign against us.", 2)]
    [InlineData("en", "T\nA paragraph.\n\nAnother one", 3)]
    public void Sentences_end_where_they_end(string language, string text, int sentences)
    {
        var tokens = Tokens.Of(text);

        var found = Sentences.Of(text, tokens, language);

        Assert.Equal(sentences, found.Count);
        Assert.Equal(tokens.Count, found.Sum(s => s.End - s.First));
    }

    [Fact]
    public void Tokens_keep_their_places_in_the_original()
    {
        const string text = "China’s U.S. envoy didn't call AT&T.";

        var tokens = Tokens.Of(text);

        Assert.Equal(
            ["China", "’s", "U.S.", "envoy", "didn't", "call", "AT&T", "."],
            tokens.Select(t => text.Substring(t.Start, t.Length))
        );
        Assert.Equal("'s", tokens[1].Folded);
    }
}
