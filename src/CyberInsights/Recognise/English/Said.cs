using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>A stance on its way to a statement.</summary>
internal sealed record Coding(Stance Stance, Speaker Speaker, Target Target, Span Cue, string Rule, double Certainty);

/// <summary>A statement with where it was found.</summary>
internal sealed record Said(StatementDraft Draft, int Sentence, Speaker Speaker);
