using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class BasesTests
{
    private const string Sentence = "Karsk blames Velonia.";

    [Theory]
    [InlineData(ClaimBasis.None, Stance.Accuse, Sentence)]
    [InlineData(ClaimBasis.Technical, Stance.Assess, Sentence)]
    [InlineData(ClaimBasis.Technical, Stance.Accuse, $"{Sentence} The malware samples overlap.")]
    [InlineData(ClaimBasis.Evidence, Stance.Accuse, $"It names documents. {Sentence}")]
    [InlineData(ClaimBasis.Technical, Stance.Accuse, $"Documents and server logs show it. {Sentence}")]
    [InlineData(ClaimBasis.None, Stance.Accuse, $"{Sentence}\n\nDocuments of another matter were found.")]
    [InlineData(null, Stance.Deny, $"{Sentence} There are documents.")]
    public void A_claim_rests_on_what_its_paragraph_names(ClaimBasis? basis, Stance stance, string text)
    {
        var whole = $"Title\n{text}";

        Assert.Equal(
            basis,
            Bases.Of(stance, whole, whole.IndexOf(Sentence, StringComparison.Ordinal), Sentence.Length)
        );
    }
}
