using System.Globalization;
using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Advisories;

/// <summary>What changed in a catalogue of known exploited vulnerabilities since it was known. Pure: no database, no clock.</summary>
internal sealed partial class KevChanges
{
    // CISA removes one or two entries a year. A catalogue that loses more at once is a broken one, whatever its count says.
    private const int MostRemoved = 20;

    private readonly AdvisoryDocument catalogue;
    private readonly Snapshot snapshot;
    private readonly Source source;
    private readonly string body;
    private readonly List<KnownItem> items = [];
    private readonly List<Vulnerability> changed = [];
    private readonly List<string> warnings;

    private KevChanges(AdvisoryDocument catalogue, Snapshot snapshot, Source source)
    {
        (this.catalogue, this.snapshot, this.source) = (catalogue, snapshot, source);
        body = Owner.Match(catalogue.Title ?? "") is { Success: true } match ? match.Groups[1].Value : source.Name;
        warnings = [.. catalogue.Warnings];
    }

    /// <param name="known">What the source has said before, by CVE id; empty at first reading, of which only the newest entries are news.</param>
    internal static AdvisoryNews Of(
        AdvisoryDocument catalogue,
        IReadOnlyDictionary<string, Vulnerability> known,
        Snapshot snapshot,
        Source source
    )
    {
        var changes = new KevChanges(catalogue, snapshot, source);
        foreach (var entry in catalogue.Vulnerabilities)
        {
            changes.Take(
                entry with
                {
                    Address = changes.AddressOf(entry.Cve),
                },
                known.GetValueOrDefault(entry.Cve),
                known.Count == 0
            );
        }
        changes.Remove(known);
        return new AdvisoryNews
        {
            Count = catalogue.Vulnerabilities.Count,
            Items = [.. changes.items.OrderBy(i => i.Item.Published ?? DateTimeOffset.MaxValue)],
            Vulnerabilities = changes.changed,
            Warnings = changes.warnings,
        };
    }

    private void Take(Vulnerability entry, Vulnerability? before, bool first)
    {
        // A later snapshot was read before this one: what it said stands.
        if (before?.SnapshotId > snapshot.Id)
        {
            return;
        }
        if (before is null or { DelistedAt: not null })
        {
            if (!first || entry.ListedAt >= snapshot.FetchedAt - AdvisoryLimits.News)
            {
                Add(entry);
            }
            changed.Add(entry);
            return;
        }
        if (before.Ransomware is { } was && entry.Ransomware is { } used && was != used)
        {
            Ransomware(entry, used);
        }
        if (before.DueAt is { } old && entry.DueAt is { } due && old != due)
        {
            Move(entry, old, due);
        }
        if (!VulnerabilityStore.Same(before, entry))
        {
            changed.Add(entry);
        }
    }

    private void Add(Vulnerability entry)
    {
        var day = entry.ListedAt is { } at ? $" on {AdvisoryFields.Day(at)}" : "";
        Tell(
            entry,
            ["added", Day(entry.ListedAt)],
            $"{body} adds {Subject(entry)} to its catalogue of known exploited vulnerabilities",
            $"{body} added {Subject(entry)} to its catalogue of known exploited vulnerabilities{day}.",
            Day(entry.ListedAt)
        );
    }

    private void Ransomware(Vulnerability entry, bool used) =>
        Tell(
            entry,
            ["ransomware", used ? "known" : "unknown"],
            used
                ? $"{body} marks {Subject(entry)} as used in ransomware campaigns"
                : $"{body} no longer marks {Subject(entry)} as used in ransomware campaigns",
            used
                ? $"{body} marks {Subject(entry)} in its catalogue of known exploited vulnerabilities as known to be used in ransomware campaigns."
                : $"{body} no longer marks {Subject(entry)} in its catalogue of known exploited vulnerabilities as known to be used in ransomware campaigns."
        );

    private void Move(Vulnerability entry, DateTimeOffset old, DateTimeOffset due) =>
        Tell(
            entry,
            ["due", Day(due)],
            $"{body} moves the due date for {Subject(entry)} to {AdvisoryFields.Day(due)}",
            $"{body} moved the date by which {Subject(entry)} must be dealt with from {AdvisoryFields.Day(old)} to {AdvisoryFields.Day(due)}."
        );

    private void Remove(IReadOnlyDictionary<string, Vulnerability> known)
    {
        var present = catalogue.Vulnerabilities.Select(v => v.Cve).ToHashSet(StringComparer.Ordinal);
        var gone = known
            .Values.Where(k => k.DelistedAt is null && k.SnapshotId <= snapshot.Id && !present.Contains(k.Cve))
            .ToList();
        if (gone.Count == 0 || catalogue.Partial)
        {
            return;
        }
        if (gone.Count > MostRemoved)
        {
            warnings.Add(
                $"{gone.Count} known entries are not in the catalogue any more, which is too many to be meant: they are not taken for removed. Look at the catalogue."
            );
            return;
        }
        foreach (var entry in gone.Select(k => k with { DelistedAt = snapshot.FetchedAt }))
        {
            Tell(
                entry,
                ["removed", Day(entry.ListedAt)],
                $"{body} removes {Subject(entry)} from its catalogue of known exploited vulnerabilities",
                $"{body} no longer has {Subject(entry)} in its catalogue of known exploited vulnerabilities."
            );
            changed.Add(entry);
        }
    }

    private void Tell(Vulnerability entry, string?[] what, string title, string sentence, string? released = null) =>
        items.Add(
            AdvisoryNews.Item(
                Fingerprint.Of(["kev", entry.Cve, .. what]),
                itemHash: null,
                title,
                [sentence, .. VulnerabilityWords.Facts(entry)],
                entry.Address,
                released,
                shared: true
            )
        );

    private string AddressOf(string cve) =>
        new Uri(source.Address).Host is "cisa.gov" or "www.cisa.gov"
            ? $"https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext={cve}"
            : source.Home ?? CveReader.NvdAddress(cve);

    private static string Subject(Vulnerability entry) => VulnerabilityWords.Subject(entry);

    private static string? Day(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(\S.{0,60}?)\s+Catalog(?:ue)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Owner { get; }
}
