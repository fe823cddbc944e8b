namespace CyberInsights.Recognise.Patterns;

/// <summary>A statement with where it was found.</summary>
internal sealed record Coded(CueHit Hit, int Sentence, Speaker Speaker)
{
    internal required StatementDraft Draft { get; init; }
}
