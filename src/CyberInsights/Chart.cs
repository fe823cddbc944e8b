namespace CyberInsights;

/// <summary>A bar chart of numbers that the desk gives itself, with where they are from.</summary>
public sealed record Chart
{
    /// <summary>The most bars.</summary>
    public const int MaxBars = 20;

    /// <summary>The most characters of a bar's label.</summary>
    public const int MaxLabel = 40;

    /// <summary>The most characters of title, unit and source each.</summary>
    public const int MaxWords = 300;

    /// <summary>The greatest number there may be, inclusive, above and below 0: below it a double tells whole numbers apart.</summary>
    public const double MaxNumber = 1e15;

    public required string Title { get; init; }

    /// <summary>What the numbers count; empty: nothing but themselves.</summary>
    public required string Unit { get; init; }

    /// <summary>Who counted, without the address; empty: the chart names no source and may not go out.</summary>
    public required string Source { get; init; }

    /// <summary>Where that can be read, http or https; empty: no address is given.</summary>
    public required string SourceAddress { get; init; }

    /// <summary>1 to <see cref="MaxBars"/>, in the order in which they were written.</summary>
    public required IReadOnlyList<ChartBar> Bars { get; init; }

    /// <summary>Whether it says where its numbers are from.</summary>
    public bool Sourced => Source.Length + SourceAddress.Length > 0;
}

/// <summary>One number of a chart.</summary>
public sealed record ChartBar(string Label, double Number);
