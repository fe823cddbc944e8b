using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Lipavský", "LIPAVSKY")]
    [InlineData("Lipavsky\u0301", "lipavský")]
    [InlineData("ＡＰＴ３１", "apt31")]
    [InlineData("ﬁle", "FILE")]
    [InlineData("pass\u200bword", "password")]
    [InlineData("Ch\u202eina", "China")]
    [InlineData("Łódź", "lodz")]
    [InlineData("أحمد", "احمد")]
    [InlineData("China’s", "china's")]
    public void Spellings_of_one_word_fold_alike(string one, string other) =>
        Assert.Equal(Folding.Fold(one), Folding.Fold(other));

    [Theory]
    [InlineData("Côte d'Ivoire", "cote-d-ivoire")]
    [InlineData("  AT&T -- Labs  ", "at-t-labs")]
    [InlineData("الصين", "الصين")]
    [InlineData("!!!", "")]
    public void A_slug_has_letters_digits_and_single_hyphens(string name, string slug) =>
        Assert.Equal(slug, Folding.Slug(name));

    [Fact]
    public void Every_character_alone_folds_without_an_exception()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Folding.Fold(((char)c).ToString());
            Folding.Clean(((char)c).ToString());
        }
    }
}
