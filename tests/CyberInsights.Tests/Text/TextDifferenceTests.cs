using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed class TextDifferenceTests
{
    [Fact]
    public void Words_that_changed_stand_between_words_that_stayed()
    {
        var passages = TextDifference.Between(
            "The port was hacked. Nobody was hurt.",
            "The port was scanned. Nobody was hurt."
        );

        Assert.Equal(
            [
                (PassageKind.Same, "The port was "),
                (PassageKind.Removed, "hacked"),
                (PassageKind.Added, "scanned"),
                (PassageKind.Same, ". "),
                (PassageKind.Same, "Nobody was hurt."),
            ],
            passages.Select(p => (p.Kind, p.Text))
        );
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "Something.")]
    [InlineData("Something.", "")]
    [InlineData("One. Two. Three.", "Two. Three. Four.")]
    [InlineData("A b c d e f g.", "A x c y e z g.")]
    [InlineData("北京否认指控。外交部说。", "北京强烈否认指控。外交部发言人说。")]
    [InlineData("قالت الوزارة إنها تعرضت لهجوم.", "قالت الوزارة إنها ربما تعرضت لهجوم.")]
    [InlineData("🙂 \ud800 odd", "🙃 \udc00 odd")]
    [InlineData("line\nline\n\nline", "line\n\nline")]
    public void Both_texts_can_be_read_out_of_the_passages(string before, string after)
    {
        var passages = TextDifference.Between(before, after);

        Assert.Equal(before, Without(passages, PassageKind.Added));
        Assert.Equal(after, Without(passages, PassageKind.Removed));
    }

    [Fact]
    public void Random_edits_of_a_text_can_be_read_out_of_the_passages()
    {
        var random = new Random(7);
        var words = "the ministry of the port said that hackers . , \n had not been in its mail".Split(' ');
        for (var round = 0; round < 200; round++)
        {
            var text = Enumerable.Range(0, 60).Select(_ => words[random.Next(words.Length)]).ToList();
            var edited = text.Where(_ => random.Next(9) > 0)
                .Select(w => random.Next(9) > 0 ? w : words[random.Next(words.Length)]);
            var (before, after) = (string.Join(' ', text), string.Join(' ', edited));

            var passages = TextDifference.Between(before, after);

            Assert.Equal(before, Without(passages, PassageKind.Added));
            Assert.Equal(after, Without(passages, PassageKind.Removed));
        }
    }

    [Fact]
    public void Texts_too_long_to_be_compared_by_words_are_shown_whole()
    {
        var before = string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"a{i}"));
        var after = string.Join(' ', Enumerable.Range(0, 200_000).Select(i => $"b{i}"));

        Assert.Equal(2, TextDifference.Between(before, after).Count);
        Assert.NotEmpty(TextDifference.Between(before.Replace(" ", ". ", StringComparison.Ordinal), after));
    }

    private static string Without(IEnumerable<Passage> passages, PassageKind kind) =>
        string.Concat(passages.Where(p => p.Kind != kind).Select(p => p.Text));
}
