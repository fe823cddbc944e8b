using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>The sources of pages that are read only because others link to them: one for each domain, never due by itself.</summary>
public static class LinkedSources
{
    private const string KeyPrefix = "linked-";

    /// <summary>The source of the domain of <paramref name="page"/>, made if it is not there.</summary>
    public static async Task<long> OfAsync(Transaction t, Uri page, CancellationToken cancel)
    {
        var domain = Relocation.Registrable(page.IdnHost) ?? page.IdnHost;
        var letters = new string([.. domain.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        var key = $"{KeyPrefix}{letters}" is { Length: > SourceKeys.MaxLength } longer
            ? longer[..SourceKeys.MaxLength]
            : $"{KeyPrefix}{letters}";
        var home = $"{page.Scheme}://{page.Authority}/";
        await t.ExecuteAsync(
            """
            insert into sources (id, key, name, address, home, kind, reliability, full_text, watch_edits, state, relevance,
                due_at, lease_until, fence, failures, moved_times, created_at)
            values (@id, @key, @domain, @home, @home, @kind, 3, 1, 0, @state, 1, @never, 0, 0, 0, 0, @Now)
            on conflict (key) do nothing
            """,
            new
            {
                id = t.NextId(),
                key,
                domain,
                home,
                kind = (int)SourceKind.Linked,
                state = (int)SourceState.Active,
                never = DateTimeOffset.MaxValue,
                t.Now,
            },
            cancel
        );
        return await t.FirstAsync<long>("select id from sources where key = @key", new { key }, cancel);
    }
}
