namespace CyberInsights.Measure;

/// <summary>
/// How many reports are expected: a negative binomial count, which is a Poisson count whose mean is itself known only as a gamma
/// distribution, and so wider than a Poisson count (Greenwood and Yule, Journal of the Royal Statistical Society 83, 1920).
/// </summary>
/// <param name="Mean">Reports, 0 or more.</param>
/// <param name="Shape">Of the gamma distribution, more than 0: the variance is mean + mean² / shape.</param>
public readonly record struct ExpectedCount(double Mean, double Shape)
{
    private const double Negligible = 1e-16;

    /// <summary>The probability of <paramref name="count"/> reports or more, 0 to 1.</summary>
    public double AtLeast(int count) =>
        count <= 0 ? 1
        : Mean <= 0 ? 0
        // Beyond the mean the terms fall, and summing them keeps the digits that 1 minus the rest would lose.
        : count > Mean ? Math.Min(1, Tail(count))
        : Math.Max(0, 1 - Below(count));

    /// <summary>The probability of <paramref name="count"/> reports or fewer, 0 to 1.</summary>
    public double AtMost(int count) =>
        count < 0 ? 0
        : Mean <= 0 ? 1
        : Math.Min(1, Below(count + 1));

    /// <summary>The smallest count that is not exceeded with a probability of at least <paramref name="share"/>, which is below 1.</summary>
    public int Quantile(double share)
    {
        if (Mean <= 0)
        {
            return 0;
        }
        var count = 0;
        var term = Math.Exp(LogNone);
        for (var sum = term; sum < share && term > 0; sum += term)
        {
            term *= Ratio(count++);
        }
        return count;
    }

    private double LogNone => -Shape * Math.Log(1 + (Mean / Shape));

    // How the probability of one report more compares with that of this count.
    private double Ratio(int count) => (Shape + count) / (count + 1) * (Mean / (Mean + Shape));

    private double Below(int count)
    {
        var (sum, log) = (0.0, LogNone);
        for (var k = 0; k < count; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log(Ratio(k));
        }
        return sum;
    }

    private double Tail(int count)
    {
        var log = LogNone;
        for (var k = 0; k < count; k++)
        {
            log += Math.Log(Ratio(k));
        }
        var sum = 0.0;
        for (double term = Math.Exp(log), k = count; term > sum * Negligible; k++)
        {
            sum += term;
            term *= Ratio((int)k);
        }
        return sum;
    }
}
