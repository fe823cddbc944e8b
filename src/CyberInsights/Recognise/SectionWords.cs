using System.Globalization;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>What a word or phrase says for one section.</summary>
/// <param name="Word">As it stands in the list.</param>
internal sealed record SectionSense(Section Section, double Weight, string Word);

/// <summary>The words and phrases of <c>Lists/sections.tsv</c>; one may speak for several sections, or for none.</summary>
internal static class SectionWords
{
    private static readonly PhraseTable<SectionSense> Table = new(
        from line in ListFile.Read("sections.tsv", 3)
        from word in ListFile.Words(line[2])
        select (
            word,
            new SectionSense(
                Enum.Parse<Section>(line[0]),
                double.Parse(line[1], CultureInfo.InvariantCulture),
                word.TrimEnd('*')
            )
        )
    );

    /// <inheritdoc cref="PhraseTable{T}.At"/>
    internal static (IReadOnlyList<SectionSense> Senses, int Length) At(IReadOnlyList<Token> tokens, int at) =>
        Table.At(tokens, at);
}
