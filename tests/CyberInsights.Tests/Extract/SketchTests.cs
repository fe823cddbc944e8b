using CyberInsights.Extract;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Extract;

public sealed class SketchTests
{
    private static readonly string Text = Words(0, 300);

    [Fact]
    public void Equal_texts_have_equal_sketches_whatever_their_case_and_punctuation()
    {
        var one = Of(Text)!;
        var other = Of(Text.ToUpperInvariant().Replace(" ", ",  ", StringComparison.Ordinal))!;

        Assert.Equal(1, one.Resemblance(other));
        Assert.Equal(one.Keys(), other.Keys());
    }

    [Theory]
    [InlineData(300, 1.0)]
    [InlineData(270, 0.9)]
    [InlineData(200, 0.67)]
    [InlineData(150, 0.5)]
    [InlineData(60, 0.2)]
    public void A_text_that_begins_the_same_resembles_by_the_share_of_it(int words, double share)
    {
        var cut = Of(Words(0, words))!;

        Assert.InRange(Of(Text)!.Resemblance(cut), share - 0.15, share + 0.15);
    }

    [Fact]
    public void Other_texts_resemble_hardly()
    {
        var one = Of(Text)!;
        var other = Of(Words(1000, 300))!;

        Assert.InRange(one.Resemblance(other), 0, 0.05);
        Assert.Empty(one.Keys().Intersect(other.Keys()));
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void Texts_that_share_most_are_found_by_their_keys(double share)
    {
        var missed = Enumerable
            .Range(0, 100)
            .Count(n =>
                !Of(Words(n * 1000, 300))!.Keys().Intersect(Of(Words(n * 1000, (int)(300 * share)))!.Keys()).Any()
            );

        Assert.InRange(missed, 0, 5);
    }

    [Fact]
    public void A_short_text_has_no_sketch_and_a_sketch_survives_being_stored()
    {
        Assert.Null(Of(Words(0, 39)));
        var sketch = Of(Text)!;

        Assert.Equal(1, sketch.Resemblance(Sketch.Read(sketch.ToBytes())));
    }

    // Made-up words that never repeat.
    private static Sketch? Of(string text) => Sketch.Of(SearchWords.Of(text));

    private static string Words(int from, int count) =>
        string.Join(' ', Enumerable.Range(from, count).Select(n => $"w{n}x"));
}
