namespace CyberInsights.Measure;

/// <summary>What is expected of a subject before it has a past of its own: as if it had told <see cref="Reports"/> of <see cref="Volume"/>.</summary>
/// <param name="Reports">More than 0; small, so that little past outweighs it.</param>
/// <param name="Volume">Tellings of the archive.</param>
public readonly record struct Prior(double Reports, double Volume)
{
    // A tenth of a report: names are told of very unevenly, most hardly ever. It matters only where there is next to no past.
    private const double Weight = 0.1;

    /// <summary>A subject like the others of its kind: as many of the tellings as one of them has on average.</summary>
    /// <param name="volume">Tellings of the archive in the time looked at.</param>
    /// <param name="tellings">Tellings of all subjects of the kind in that time.</param>
    /// <param name="subjects">How many subjects of the kind these are.</param>
    public static Prior Of(double volume, int tellings, int subjects) =>
        new(Weight, Weight * Math.Max(1, volume) * Math.Max(1, subjects) / Math.Max(1, tellings));
}

/// <summary>
/// What a subject is expected to have: its share of all that the archive told, learned from its own past, times what the archive tells in
/// the time looked at. The share is a gamma distribution that forgets (Smith and Miller, Journal of the Royal Statistical Society B 48,
/// 1986), so that the expected count is negative binomial.
/// </summary>
public static class ExpectedRate
{
    // News comes in waves: even a subject told of daily for years is no Poisson count.
    private const double MostShape = 8;

    // A day beyond what 99 of 100 days have counts as that much: an earlier burst does not become what is usual. What would be no trend
    // is always believed, so that a subject that came to stay is learned within weeks.
    private const double Believed = 0.99;

    /// <param name="past">Reports a day, oldest first; days without are left out, as are days the archive has not.</param>
    /// <param name="today">The day to tell of; all of the past is before it.</param>
    /// <param name="volume">Tellings of the archive in the time looked at.</param>
    public static ExpectedCount Of(
        IEnumerable<DayCount> past,
        ArchivePast archive,
        Prior prior,
        DateTimeOffset today,
        double volume
    )
    {
        ArgumentNullException.ThrowIfNull(past);
        ArgumentNullException.ThrowIfNull(archive);
        var (learned, last) = (0.0, today);
        foreach (var (day, count) in past)
        {
            learned *= ArchivePast.Kept(last, day);
            var believed = count <= Gauge.MinReports || archive.Before(day) <= 0;
            var usual = Expect(prior, learned, archive.Before(day), archive.On(day));
            learned += believed ? count : Math.Min(count, Math.Max(Gauge.MinReports, usual.Quantile(Believed)));
            last = day;
        }
        return Expect(prior, learned * ArchivePast.Kept(last, today), archive.Until(today), volume);
    }

    /// <summary>The same at a glance, from sums over the past alone: nothing is forgotten, and an earlier burst counts in full.</summary>
    internal static ExpectedCount Glance(int reports, double whole, double volume) =>
        new(volume * reports / Math.Max(1, whole), Math.Clamp(reports, 1, MostShape));

    private static ExpectedCount Expect(Prior prior, double reports, double volume, double now) =>
        new(now * (prior.Reports + reports) / (prior.Volume + volume), Math.Min(prior.Reports + reports, MostShape));
}
