namespace CyberInsights.Recognise.Attributing;

/// <summary>An attribution while it is being put together, with the words of the tree it stands on.</summary>
/// <param name="Cue">The word of the cue.</param>
/// <param name="Source">The head of the noun phrase that says who; for "who" the noun it stands for.</param>
internal sealed record Telling(ParsedSentence Sentence, int Cue, int Source)
{
    internal required Span SourceSpan { get; init; }
    internal required Span CueSpan { get; init; }
    internal required IReadOnlyList<Span> Content { get; init; }
    internal required double Certainty { get; init; }
    internal required string Rule { get; init; }

    /// <summary>A verb or phrase of saying, to which quotations can belong.</summary>
    internal bool Says { get; init; }
}
