using CyberInsights.Storage.Searching;

namespace CyberInsights.Tests.Storage.Searching;

public sealed class EnglishStemTests
{
    // Each line is one rule of the algorithm; what it gives was compared with PostgreSQL's own English stemmer.
    [Theory]
    [InlineData("attack attacks attacked attacking attackers", "attack attack attack attack attack")]
    [InlineData("hopping hoping hoped hops", "hop hope hope hop")]
    [InlineData("ponies ties gas gaps kiwis classes", "poni tie gas gap kiwi class")]
    [InlineData("agreed feed luxuriated", "agre feed luxuri")]
    [InlineData("happy say enjoy by", "happi say enjoy by")]
    [InlineData("relational conditional rationalize", "relat condit ration")]
    [InlineData("vulnerabilities exploitation hopefulness", "vulner exploit hope")]
    [InlineData("electrical formative adjustment adoption", "electr format adjust adopt")]
    [InlineData("controll roll rate cease", "control roll rate ceas")]
    [InlineData("generously communication arsenal", "generous communic arsenal")]
    [InlineData("skies dying news only succeed", "sky die news onli succeed")]
    [InlineData("is apt31 a", "is apt31 a")]
    public void Forms_of_a_word_have_one_stem(string words, string stems) =>
        Assert.Equal(stems, string.Join(' ', words.Split(' ').Select(EnglishStem.Of)));
}
