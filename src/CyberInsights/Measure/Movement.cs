namespace CyberInsights.Measure;

/// <summary>How much a subject was told of in the last 24 hours, against what was expected.</summary>
public sealed record Movement
{
    public required long SubjectId { get; init; }

    /// <summary>Independent reports in the 24 hours.</summary>
    public required int Reports { get; init; }
    public required ExpectedCount Expected { get; init; }

    /// <summary>The level at which it is a discovery among all subjects (<see cref="FalseDiscovery"/>), 0 to 1; 1 for one that was not told of enough.</summary>
    public double Q { get; init; } = 1;

    /// <summary>The probability of so many reports or more.</summary>
    public double Probability => Expected.AtLeast(Reports);

    /// <inheritdoc cref="Trend.Surprise"/>
    public double Surprise => -Math.Log10(Math.Max(Probability, double.Epsilon));

    /// <summary>The usual range ends here: 19 of 20 days have no more.</summary>
    public int UsualHigh => Expected.Quantile(1 - Outside);

    /// <summary>The usual range begins here: 19 of 20 days have no fewer.</summary>
    public int UsualLow => Expected.Quantile(Outside);

    /// <summary>Told of more than is usual.</summary>
    public bool Above => Reports > UsualHigh;

    /// <summary>Told of less than is usual.</summary>
    public bool Below => Reports < UsualLow;

    private const double Outside = 0.05;
}

/// <summary>How subjects moved in the 24 hours before a moment.</summary>
public sealed record Movements
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Days with reports before the 24 hours, of the last <see cref="ArchivePast.Span"/>.</summary>
    public int PastDays { get; init; }

    /// <summary>The least expected first; of one probability, the most told first.</summary>
    public IReadOnlyList<Movement> All { get; init; } = [];
}
