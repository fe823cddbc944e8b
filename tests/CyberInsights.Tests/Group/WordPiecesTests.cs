using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class WordPiecesTests
{
    private static readonly string[] Vocabulary = ["port", "ports", "##al", "##s", "down", ".", "$", "cafe"];

    [Theory]
    [InlineData("Ports down.", "ports down .")]
    [InlineData("portals", "port ##al ##s")]
    [InlineData("$ports", "$ ports")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("portx down", "? down")]
    [InlineData("", "")]
    public void The_longest_pieces_that_the_vocabulary_has_are_taken(string text, string pieces) =>
        Assert.Equal(pieces, Cut(text));

    [Fact]
    public void Half_a_character_and_a_word_without_end_are_unknown()
    {
        Assert.Equal("? down", Cut("\uD800 down"));
        Assert.Equal("?", Cut(new string('a', 100_000)));
    }

    private static string Cut(string text) =>
        string.Join(
            ' ',
            new WordPieces(Vocabulary.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i, StringComparer.Ordinal))
                .Of(text)
                .Select(n => n == WordPieces.Unknown ? "?" : Vocabulary[n])
        );
}
