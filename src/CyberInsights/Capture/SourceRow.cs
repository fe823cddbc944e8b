using CyberInsights.Storage;

namespace CyberInsights.Capture;

/// <summary>How a source is written, and what becomes of what was known about it when its address changes.</summary>
internal static class SourceRow
{
    internal static Task<int> PutAsync(Transaction t, Source source, CancellationToken cancel) =>
        t.ExecuteAsync(
            """
            insert into sources (id, key, name, address, home, kind, language, country, ownership, owner, interest, reliability,
                full_text, watch_edits, rule, state, relevance, include_rules, exclude_rules, due_at, lease_until, fence, failures, moved_times, created_at)
            values (@id, @Key, @Name, @Address, @Home, @Kind, @Language, @Country, @Ownership, @Owner, @Interest, @Reliability,
                @FullText, @WatchEdits, @Rule, @State, @Relevance, @IncludeRules, @ExcludeRules, @Now, 0, 0, 0, 0, @Now)
            on conflict (key) do update set name = excluded.name, home = excluded.home, kind = excluded.kind,
                language = excluded.language, country = excluded.country, ownership = excluded.ownership, owner = excluded.owner,
                interest = excluded.interest, reliability = excluded.reliability, full_text = excluded.full_text,
                watch_edits = excluded.watch_edits,
                rule = excluded.rule, relevance = excluded.relevance, include_rules = excluded.include_rules,
                exclude_rules = excluded.exclude_rules, address = excluded.address,
                fence = sources.fence + case when sources.address = excluded.address then 0 else 1 end,
                lease_until = case when sources.address = excluded.address then sources.lease_until else 0 end,
                due_at = case when sources.address = excluded.address then sources.due_at else excluded.due_at end,
                etag = case when sources.address = excluded.address then sources.etag end,
                last_modified = case when sources.address = excluded.address then sources.last_modified end,
                last_hash = case when sources.address = excluded.address then sources.last_hash end,
                failures = case when sources.address = excluded.address then sources.failures else 0 end,
                last_error = case when sources.address = excluded.address then sources.last_error end,
                moved_to = case when sources.address = excluded.address then sources.moved_to end,
                moved_times = case when sources.address = excluded.address then sources.moved_times else 0 end,
                gone_at = case when sources.address = excluded.address then sources.gone_at end
            """,
            new
            {
                id = t.NextId(),
                source.Key,
                source.Name,
                // One spelling of scheme, host and escapes, so that addresses of one host can be told by how they begin.
                Address = new Uri(source.Address).AbsoluteUri,
                source.Home,
                Kind = (int)source.Kind,
                source.Language,
                source.Country,
                source.Ownership,
                source.Owner,
                source.Interest,
                source.Reliability,
                source.FullText,
                source.WatchEdits,
                source.Rule,
                State = (int)source.State,
                Relevance = (int)source.Relevance,
                source.IncludeRules,
                source.ExcludeRules,
                t.Now,
            },
            cancel
        );
}
