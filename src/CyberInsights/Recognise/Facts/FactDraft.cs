namespace CyberInsights.Recognise.Facts;

/// <summary>A fact before its report and entity have ids; the members are those of <see cref="Fact"/>.</summary>
public sealed record FactDraft
{
    public required FactKind Kind { get; init; }

    /// <inheritdoc cref="Fact.Value"/>
    public required string Value { get; init; }

    /// <inheritdoc cref="FactKind"/>
    public string? Role { get; init; }
    public EntityDraft? Entity { get; init; }

    /// <inheritdoc cref="Fact.NamedBy"/>
    public string? NamedBy { get; init; }

    /// <inheritdoc cref="Fact.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="Fact.Least"/>
    public double? Least { get; init; }

    /// <inheritdoc cref="Fact.Most"/>
    public double? Most { get; init; }

    /// <inheritdoc cref="Fact.Approximate"/>
    public bool Approximate { get; init; }

    /// <summary>The words that tell it.</summary>
    public required Span Span { get; init; }
    public required double Confidence { get; init; }

    /// <inheritdoc cref="Fact.Reason"/>
    public required string Reason { get; init; }
}
