using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Text.Syntax;

public sealed class WordsTests
{
    [Theory]
    [InlineData("They didn't say.", "They|did|n't|say|.")]
    [InlineData("They cannot, won’t and can't go.", "They|can|not|,|wo|n’t|and|ca|n't|go|.")]
    [InlineData("It's what we've said they'd do.", "It|'s|what|we|'ve|said|they|'d|do|.")]
    [InlineData("the officials' phones and China's ministry", "the|officials|'|phones|and|China|'s|ministry")]
    [InlineData("the O'Brien report", "the|O'Brien|report")]
    [InlineData("a US-based, state-run, non-profit e-mail firm", "a|US|-|based|,|state|-|run|,|non-profit|e-mail|firm")]
    [InlineData(
        "CVE-2031-10001 and APT-12 on 5/29/2031 at 10:30 :)",
        "CVE-2031-10001|and|APT|-|12|on|5/29/2031|at|10:30|:)"
    )]
    [InlineData(
        "Write to desk@news.example or see https://news.example/a?b=c.",
        "Write|to|desk@news.example|or|see|https://news.example/a?b=c|."
    )]
    [InlineData("Mr. J. Doe of Example Inc. left...", "Mr.|J.|Doe|of|Example|Inc.|left|...")]
    [InlineData("Really?! It cost $5 million -- 10% more.", "Really|?!|It|cost|$|5|million|--|10|%|more|.")]
    [InlineData("at 10am and/or later", "at|10|am|and|/|or|later")]
    public void Words_are_those_of_the_treebank(string text, string words)
    {
        var tokens = Tokens.Of(text);

        var found = Words.Of(text, tokens, [new Sentence(0, tokens.Count)])[0];

        Assert.Equal(words, string.Join('|', found.Select(w => text.Substring(w.Start, w.Length))));
    }

    [Fact]
    public void Words_cover_the_tokens_of_their_sentence_without_a_gap()
    {
        const string text =
            "He can't (or won't) say... see www.news.example/x, e-mail desk@news.example!! 'Tis CVE-2031-1.";
        var tokens = Tokens.Of(text);

        var words = Words.Of(text, tokens, [new Sentence(0, tokens.Count)])[0];

        var covered = words.SelectMany(w => Enumerable.Range(w.Start, w.Length)).ToHashSet();
        Assert.All(tokens, t => Assert.True(Enumerable.Range(t.Start, t.Length).All(covered.Contains)));
        Assert.Equal(covered.Count, words.Sum(w => w.Length));
    }
}
