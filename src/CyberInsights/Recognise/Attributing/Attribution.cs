namespace CyberInsights.Recognise.Attributing;

/// <summary>That a text tells of somebody saying, thinking, wanting or judging something, with the spans that tell it. Offsets as in <see cref="Recognition"/>.</summary>
public sealed record Attribution
{
    /// <summary>The whole noun phrase of who says it, with office and apposition; one pronoun where the text has that.</summary>
    public required Span Source { get; init; }

    /// <summary>The word that tells it: the verb without its auxiliaries, "according to", a noun, or the mark before a quotation.</summary>
    public required Span Cue { get; init; }

    /// <summary>What is said, in pieces where the source or the cue stands between them; never empty.</summary>
    public required IReadOnlyList<Span> Content { get; init; }

    /// <summary>0 to 1: how often attributions of this rule were right when they were compared with a corpus.</summary>
    public required double Certainty { get; init; }

    /// <summary>The rule that found it.</summary>
    public required string Rule { get; init; }

    /// <summary>Whether it stands within the content of another: told by somebody who is quoted.</summary>
    public bool Nested { get; init; }
}
