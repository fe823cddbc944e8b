using CyberInsights.Extract;
using CyberInsights.Recognise;

namespace CyberInsights.Publish;

/// <summary>Finds what a claim rests on by the words of its paragraph. Pure.</summary>
internal static class Bases
{
    // A paragraph is no longer; a text without paragraphs is.
    private const int MaxAround = 600;

    private static readonly (ClaimBasis Basis, string Phrase)[] Phrases =
    [
        .. ListFile
            .Read("bases.tsv", 2)
            .SelectMany(f =>
                ListFile
                    .Words(f[1])
                    .Select(w =>
                        (f[0] == "technical" ? ClaimBasis.Technical : ClaimBasis.Evidence, FoldedWords.Phrase(w)!)
                    )
            ),
    ];

    /// <summary>Null for a stance that claims nothing about who did it.</summary>
    /// <param name="whole">Title, line feed, text.</param>
    /// <param name="start">Where the sentence of the statement begins.</param>
    internal static ClaimBasis? Of(Stance stance, string whole, int start, int length)
    {
        if (stance is not (Stance.Accuse or Stance.Assess or Stance.Claim))
        {
            return null;
        }
        var words = new FoldedWords(Paragraph(whole, start, length));
        var named = Phrases.Where(p => words.Contains(p.Phrase)).Select(p => p.Basis).DefaultIfEmpty().Max();
        // To assess is to attribute on technical grounds.
        return stance == Stance.Assess && named == ClaimBasis.None ? ClaimBasis.Technical : named;
    }

    private static string Paragraph(string whole, int start, int length)
    {
        var from = Math.Max(start == 0 ? 0 : whole.LastIndexOf('\n', start - 1) + 1, start - MaxAround);
        var end = whole.IndexOf('\n', start + length);
        var to = Math.Min(end < 0 ? whole.Length : end, start + length + MaxAround);
        return whole[from..to];
    }
}
