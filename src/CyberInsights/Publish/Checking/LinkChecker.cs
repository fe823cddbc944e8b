using CyberInsights.Net;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Checking;

/// <summary>Whether links of a text lead somewhere: those to the site itself by what is stored, others by asking, within bounds.</summary>
public sealed class LinkChecker(Database database, GuardedHttp http)
{
    /// <summary>The most links that are asked for; more are told of as not looked at.</summary>
    public const int MaxLinks = 40;

    private const int AtOnce = 4;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(15);

    internal async Task<IReadOnlyList<ArticleFinding>> CheckAsync(IReadOnlyList<string> links, CancellationToken cancel)
    {
        var found = new List<ArticleFinding>();
        var outside = new List<Uri>();
        foreach (var link in links.Distinct(StringComparer.Ordinal))
        {
            if (link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal))
            {
                found.AddRange(await OwnAsync(link, cancel));
            }
            else if (Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                outside.Add(address!);
            }
            else if (!link.StartsWith('#') && !link.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            {
                found.Add(Stop("link-none", link));
            }
        }
        found.AddRange(await OthersAsync(outside, cancel));
        return found;
    }

    private async Task<IEnumerable<ArticleFinding>> OthersAsync(List<Uri> links, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(MaxTime);
        using var free = new SemaphoreSlim(AtOnce);
        var looks = links.Take(MaxLinks).Select(LookAsync).ToList();
        var found = (await Task.WhenAll(looks)).OfType<ArticleFinding>();
        return links.Count > MaxLinks ? found.Append(Warn("link-many", $"{links.Count - MaxLinks}")) : found;

        async Task<ArticleFinding?> LookAsync(Uri link)
        {
            try
            {
                await free.WaitAsync(over.Token);
                try
                {
                    return Judge(
                        link,
                        await http.GetAsync(new FetchRequest { Address = link, Accept = "text/html, */*" }, over.Token)
                    );
                }
                finally
                {
                    free.Release();
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return Warn("link-unsure", link.AbsoluteUri);
            }
        }
    }

    private static ArticleFinding? Judge(Uri link, FetchOutcome outcome) =>
        outcome switch
        {
            FetchOutcome.Fresh or FetchOutcome.NotModified => null,
            FetchOutcome.Gone or FetchOutcome.Failed { Status: 404 } => Stop("link-dead", link.AbsoluteUri),
            FetchOutcome.Failed { Refused: true } => Stop("link-refused", link.AbsoluteUri),
            // Many publishers turn programs away and let readers in.
            _ => Warn("link-unsure", link.AbsoluteUri),
        };

    private async Task<IEnumerable<ArticleFinding>> OwnAsync(string link, CancellationToken cancel)
    {
        var path = link.Split('#', '?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var sql = path switch
        {
            ["events", _, ..] =>
                "select count(*) from events e join dossiers d on d.event_id = coalesce(e.merged_into, e.id) where e.slug = @slug",
            ["articles", _] => "select count(*) from articles where slug = @slug and state = 3",
            ["entities", _, ..] => "select count(*) from entities where slug = @slug",
            ["topics", _, ..] => "select count(*) from topics where slug = @slug",
            _ => null,
        };
        return
            sql is null
            || await database.FirstAsync<long>(sql, new { slug = Uri.UnescapeDataString(path[1]) }, cancel) > 0
            ? []
            : [Stop("link-dead", link)];
    }

    private static ArticleFinding Stop(string why, string about) => new(ArticleCheck.Links, Verdict.Stop, why, about);

    private static ArticleFinding Warn(string why, string about) => new(ArticleCheck.Links, Verdict.Warn, why, about);
}
