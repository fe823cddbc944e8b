using System.Globalization;

namespace CyberInsights.Extract.Advisories;

/// <summary>What a CSAF advisory or a list of them brings. Pure: no database, no clock.</summary>
internal static class CsafNews
{
    /// <summary>The report of an advisory, unless it is not for everybody, or known in this version or a later one.</summary>
    /// <param name="knownVersion">The newest version that was read; null when none was.</param>
    internal static AdvisoryNews OfAdvisory(AdvisoryDocument advisory, string? knownVersion, Snapshot snapshot)
    {
        if (!advisory.Public)
        {
            return Nothing(
                $"Advisory {advisory.Id} is marked TLP:{advisory.Tlp}, which is not for the public: nothing of it is published. Ask its publisher for a version that anybody may read."
            );
        }
        if (knownVersion is not null && Compare(advisory.Version, knownVersion) <= 0)
        {
            return new AdvisoryNews { Count = 1 };
        }
        var address = advisory.Address ?? snapshot.Address;
        var title = advisory.Title!.Contains(advisory.Id!, StringComparison.OrdinalIgnoreCase)
            ? advisory.Title
            : $"{advisory.Title} ({advisory.Id})";
        return new AdvisoryNews
        {
            Count = 1,
            Items =
            [
                AdvisoryNews.Item(
                    Fingerprint.Of("csaf", advisory.Namespace, advisory.Id),
                    Fingerprint.Of(advisory.Version, advisory.ReleasedRaw),
                    title,
                    advisory.Paragraphs,
                    address,
                    advisory.ReleasedRaw,
                    shared: !address.Contains(advisory.Id!, StringComparison.OrdinalIgnoreCase),
                    advisory.Language ?? "en"
                ),
            ],
            Vulnerabilities = [.. advisory.Vulnerabilities.Select(v => v with { Address = address })],
            Advisory = advisory,
            Warnings = advisory.Warnings,
        };
    }

    /// <summary>The documents of a list that are to be fetched: what is new since the list was read last, and what has changed.</summary>
    /// <param name="known">The list's word on the last change of each known advisory, by address.</param>
    /// <param name="lastRead">When the list was read before; null at first reading, of which only the newest are taken.</param>
    internal static AdvisoryNews OfList(
        AdvisoryList list,
        IReadOnlyDictionary<string, string> known,
        DateTimeOffset? lastRead,
        DateTimeOffset fetchedAt
    )
    {
        // A day's grace: a document may be dated before it was put on the list.
        var grace = TimeSpan.FromDays(1);
        var since =
            lastRead - grace < fetchedAt - AdvisoryLimits.News
                ? lastRead!.Value - grace
                : fetchedAt - AdvisoryLimits.News;
        var wanted = list
            .Advisories.Where(a =>
                known.TryGetValue(a.Address, out var changed) ? changed != a.Changed : a.ChangedAt >= since
            )
            .ToList();
        List<string> warnings = [.. list.Warnings];
        if (wanted.Count > AdvisoryLimits.Listed)
        {
            warnings.Add(
                $"The list has {wanted.Count} new advisories; the newest {AdvisoryLimits.Listed} are fetched."
            );
        }
        return new AdvisoryNews
        {
            Count = list.Advisories.Count,
            Listed = [.. wanted.Take(AdvisoryLimits.Listed)],
            FollowTo = list.FollowTo,
            Warnings = warnings,
        };
    }

    internal static AdvisoryNews Nothing(string warning) => new() { Warnings = [warning] };

    /// <summary>Orders versions as CSAF writes them, 3 or 1.2.10 (section 3.1.11); what follows a hyphen or plus is passed over.</summary>
    internal static int Compare(string? one, string? other)
    {
        var (a, b) = (Parts(one), Parts(other));
        for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
        {
            var order = a.ElementAtOrDefault(i).CompareTo(b.ElementAtOrDefault(i));
            if (order != 0)
            {
                return order;
            }
        }
        return 0;
    }

    private static List<long> Parts(string? version) =>
        [
            .. (version ?? "")
                .Split('-', '+')[0]
                .Split('.')
                .Select(p =>
                    long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
                ),
        ];
}
