using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class ReportTermsTests
{
    [Fact]
    public void A_word_of_the_headline_counts_three_times_and_plurals_meet()
    {
        var words = ReportTerms.Words("Hospitals shut", "The hospital was shut by ransomware.");

        Assert.Equal(4, words["hospital"]);
        Assert.Equal(1, words["ransomware"]);
        Assert.DoesNotContain("the", words.Keys);
    }

    [Fact]
    public void An_identifier_with_numbers_is_one_word_and_sums_are_words()
    {
        var words = ReportTerms.WordsOf("CVE-2025-99101 costs $70M, not $ 1.5 million");

        Assert.Contains("cve-2025-99101", words);
        Assert.Contains("$70", words);
        Assert.Contains("$1.5", words);
    }

    [Fact]
    public void Names_are_capitals_inside_sentences_and_no_headline_of_capitals_gives_any()
    {
        Assert.Equal(
            ["thornmere"],
            ReportTerms.Names("Hackers Hit The Hospital Group", "Systems of Thornmere fail. Nobody knows why.").Keys
        );
        Assert.Equal(["varnholt"], ReportTerms.Names("The maker of Varnholt says so", "").Keys);
    }

    [Fact]
    public void Numbers_tell_all_but_the_year() =>
        Assert.Equal(
            ["14", "5.8"],
            ReportTerms.Numbers("14 sites in 2025", "5.8 million since 2024, of 3.", 2025).Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("- -1 $.")]
    [InlineData("\ud800 \udc00-1")]
    public void Odd_texts_do_no_harm(string text)
    {
        _ = ReportTerms.Words(text, text);
        _ = ReportTerms.Names(text, text);
        Assert.Empty(ReportTerms.Numbers(text, text, 2025));
    }
}
