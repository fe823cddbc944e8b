using System.Diagnostics;
using CyberInsights.Capture;
using CyberInsights.Storage;
using CyberInsights.Text;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads the snapshots of advisory sources, compares them with what is known, and keeps what they say. Safe from several threads.</summary>
internal sealed class AdvisoryDesk(Database database)
{
    private readonly VulnerabilityStore vulnerabilities = new(database);
    private readonly AdvisoryStore advisories = new(database);

    internal static bool Reads(SourceKind kind) => kind is SourceKind.Kev or SourceKind.Csaf or SourceKind.Cve;

    /// <summary>Whether snapshots of the source's own address must be read one after the other, each compared with what the last one left.</summary>
    internal static bool InOrder(Source source, Snapshot snapshot) => Reads(source.Kind) && snapshot.PageOf is null;

    /// <summary>What <paramref name="snapshot"/> brings; one that cannot be read brings a warning.</summary>
    internal async Task<AdvisoryNews> ReadAsync(Snapshot snapshot, Source source, CancellationToken cancel)
    {
        try
        {
            return source.Kind switch
            {
                SourceKind.Kev => await KevAsync(snapshot, source, cancel),
                SourceKind.Cve => await CveAsync(snapshot, source, cancel),
                SourceKind.Csaf => await CsafAsync(snapshot, source, cancel),
                _ => throw new UnreachableException(),
            };
        }
        catch (RefusalException e) when (e.Kind == RefusalKind.BadInput)
        {
            return CsafNews.Nothing(e.Message);
        }
    }

    /// <summary>Keeps what <see cref="ReadAsync"/> found, in the transaction of the reports made of it.</summary>
    internal static async Task StoreAsync(
        Transaction t,
        Source source,
        Snapshot snapshot,
        AdvisoryNews news,
        CancellationToken cancel
    )
    {
        await VulnerabilityStore.PutAsync(t, source.Id, snapshot.Id, news.Vulnerabilities, cancel);
        if (news.Listed.Count > 0)
        {
            await AdvisoryStore.ListAsync(t, source.Id, news.Listed, cancel);
        }
        if (news.Advisory is not null)
        {
            await AdvisoryStore.ReadAsync(t, snapshot, news.Advisory, cancel);
        }
        if (news.FollowTo is not null)
        {
            await SourceStore.FollowAsync(t, source.Id, source.Address, news.FollowTo, cancel);
        }
    }

    private async Task<AdvisoryNews> KevAsync(Snapshot snapshot, Source source, CancellationToken cancel) =>
        KevChanges.Of(
            Of(AdvisoryReader.Read(snapshot.Body), "catalogue of known exploited vulnerabilities", "kev"),
            await vulnerabilities.KnownAsync(source.Id, null, cancel),
            snapshot,
            source
        );

    private async Task<AdvisoryNews> CveAsync(Snapshot snapshot, Source source, CancellationToken cancel)
    {
        var records = Of(AdvisoryReader.Read(snapshot.Body), "list of CVE records", "cve", "nvd");
        var cves = records.Vulnerabilities.Select(v => v.Cve).ToArray();
        return CveChanges.Of(records, await vulnerabilities.KnownAsync(source.Id, cves, cancel), snapshot);
    }

    private async Task<AdvisoryNews> CsafAsync(Snapshot snapshot, Source source, CancellationToken cancel)
    {
        var address = new Uri(snapshot.Address);
        if (!snapshot.Body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8))
        {
            var text = Decoder.Decode(snapshot.Body, snapshot.ContentType);
            return await ListAsync(AdvisoryList.OfChanges(text, address), snapshot, source, cancel);
        }
        using (var json = AdvisoryReader.Parse(snapshot.Body))
        {
            if (AdvisoryList.Find(json.RootElement, address) is { } list)
            {
                return await ListAsync(list, snapshot, source, cancel);
            }
        }
        var advisory = Of(AdvisoryReader.Read(snapshot.Body), "CSAF advisory", "csaf");
        return CsafNews.OfAdvisory(advisory, await advisories.VersionAsync(source.Id, advisory.Id!, cancel), snapshot);
    }

    private async Task<AdvisoryNews> ListAsync(
        AdvisoryList list,
        Snapshot snapshot,
        Source source,
        CancellationToken cancel
    ) =>
        snapshot.PageOf is not null
            // Or a provider could have lists fetched without end, each naming the next.
            ? throw AdvisoryReader.Refuse("What the list calls an advisory is itself a list")
            : CsafNews.OfList(
                list,
                await advisories.KnownAsync(source.Id, cancel),
                await advisories.LastReadAsync(source.Id, snapshot.Id, cancel),
                snapshot.FetchedAt
            );

    private static AdvisoryDocument Of(AdvisoryDocument document, string wanted, params ReadOnlySpan<string> kinds) =>
        kinds.Contains(document.Kind)
            ? document
            : throw AdvisoryReader.Refuse($"The answer is no {wanted} but something else ({document.Kind})");
}
