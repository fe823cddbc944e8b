using System.Globalization;

namespace CyberInsights.Extract.Advisories;

/// <summary>What is news in CVE records: a new one, one that is rejected, one whose score changes. Pure: no database, no clock.</summary>
internal static class CveChanges
{
    /// <param name="known">What the source has said before of the same CVE ids.</param>
    internal static AdvisoryNews Of(
        AdvisoryDocument records,
        IReadOnlyDictionary<string, Vulnerability> known,
        Snapshot snapshot
    )
    {
        var items = new List<KnownItem>();
        var changed = new List<Vulnerability>();
        foreach (var record in records.Vulnerabilities)
        {
            var before = known.GetValueOrDefault(record.Cve);
            // A later snapshot was read before this one: what it said stands.
            if (before?.SnapshotId > snapshot.Id)
            {
                continue;
            }
            if (
                record.State == VulnerabilityState.Published
                && record.PublishedAt >= snapshot.FetchedAt - AdvisoryLimits.News
            )
            {
                items.Add(Published(record));
            }
            if (before is { State: VulnerabilityState.Published } && record.State == VulnerabilityState.Rejected)
            {
                items.Add(Rejected(record, before));
            }
            if (before is not null && record.State == VulnerabilityState.Published)
            {
                items.AddRange(Rescored(record, before));
            }
            if (before is null || !VulnerabilityStore.Same(before, record))
            {
                changed.Add(record);
            }
        }
        return new AdvisoryNews
        {
            Count = records.Vulnerabilities.Count,
            Items = [.. items.OrderBy(i => i.Item.Published ?? DateTimeOffset.MaxValue)],
            Vulnerabilities = changed,
            Warnings = records.Warnings,
        };
    }

    private static KnownItem Published(Vulnerability record)
    {
        var product = VulnerabilityWords.Product(record);
        var title =
            record.Title is not null ? $"{record.Cve}: {record.Title}"
            : product is not null ? $"{record.Cve} in {product}"
            : $"{record.Cve} is published";
        return Tell(
            record,
            "published",
            title,
            $"{record.Cve} was published{(product is null ? "" : $"; it affects {product}")}.",
            record.PublishedAt
        );
    }

    private static KnownItem Rejected(Vulnerability record, Vulnerability before) =>
        Tell(
            record,
            "rejected",
            $"{VulnerabilityWords.Subject(before)} is rejected",
            $"The record of {VulnerabilityWords.Subject(before)} was rejected: the id stands for no vulnerability any more.",
            record.ModifiedAt
        );

    private static IEnumerable<KnownItem> Rescored(Vulnerability record, Vulnerability before)
    {
        foreach (var score in record.Scores)
        {
            var old = before.Scores.FirstOrDefault(s => (s.Scorer, s.Version) == (score.Scorer, score.Version));
            // One scorer may give several scores of one version; only a number that it did not have is a change.
            if (
                old is null
                || before.Scores.Any(s => (s.Scorer, s.Version, s.Base) == (score.Scorer, score.Version, score.Base))
            )
            {
                continue;
            }
            var (from, to) = (CvssReader.Number(old.Base), CvssReader.Number(score.Base));
            yield return Tell(
                record,
                $"score {score.Version} {score.Scorer} {to}",
                $"{score.Scorer} changes the CVSS score of {VulnerabilityWords.Subject(record)} from {from} to {to}",
                $"{score.Scorer} changed the CVSS {score.Version} base score of {VulnerabilityWords.Subject(record)} from {from} to {to}.",
                record.ModifiedAt
            );
        }
    }

    private static KnownItem Tell(
        Vulnerability record,
        string what,
        string title,
        string sentence,
        DateTimeOffset? at
    ) =>
        AdvisoryNews.Item(
            Fingerprint.Of("cve", record.Cve, what),
            itemHash: null,
            title,
            [sentence, .. VulnerabilityWords.Facts(record)],
            record.Address,
            at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            shared: true
        );
}
