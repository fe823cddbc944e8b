using CyberInsights.Publish.Reading;

namespace CyberInsights.Tests.Publish.Reading;

public sealed class ProofContextTests
{
    private const string Sentence = "The ministry spoke of “a quiet burglary” on Monday.";

    [Fact]
    public void A_sentence_comes_with_the_one_before_and_the_one_after()
    {
        var whole = $"Headline here\nFar before. Just before. {Sentence} Just after. Far after.";

        Assert.Equal($"Just before. {Sentence} Just after.", Around(whole, "a quiet burglary"));
    }

    [Fact]
    public void A_neighbour_that_would_make_it_too_long_is_left_out()
    {
        var wordy = string.Concat(Enumerable.Repeat("word ", 60)).Trim() + ".";
        var whole = $"Headline\n{wordy} {Sentence} Just after.";

        Assert.Equal($"{Sentence} Just after.", Around(whole, "a quiet burglary"));
    }

    [Fact]
    public void The_limit_is_for_the_words_of_the_source_and_not_for_those_it_quotes()
    {
        // 300 characters around the quotation, and one more.
        var (fitting, over) = (Quoting(300), Quoting(301));

        Assert.Equal(fitting, Around(fitting, "a quiet burglary"));
        Assert.Equal("a quiet burglary", Around(over, "a quiet burglary"));

        static string Quoting(int around) => $"{new string('x', around - 4)} “a quiet burglary”.";
    }

    [Fact]
    public void Where_nothing_is_quoted_the_sentence_itself_counts() =>
        Assert.Equal(
            "Headline\nShort one. Another one.",
            Around("Headline\nShort one. Another one.", "Short one.", quoted: false)
        );

    [Fact]
    public void Nothing_around_a_text_that_is_one_sentence_is_made_up() =>
        Assert.Equal(Sentence, Around(Sentence, "a quiet burglary"));

    private static string Around(string whole, string words, bool quoted = true)
    {
        var start = whole.IndexOf(words, StringComparison.Ordinal);
        var sentence = whole.IndexOf(Sentence, StringComparison.Ordinal);
        var (from, to) = ProofContext.Around(
            whole,
            (start, start + words.Length),
            sentence < 0
                ? quoted
                    ? (0, whole.Length)
                    : (start, start + words.Length)
                : (sentence, sentence + Sentence.Length),
            quoted,
            "en"
        );
        return whole[from..to];
    }
}
