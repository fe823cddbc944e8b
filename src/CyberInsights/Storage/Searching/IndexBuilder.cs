namespace CyberInsights.Storage.Searching;

/// <summary>
/// Indexes anew what was indexed by an earlier edition of <see cref="SearchTerms"/>, in order of id. How far it came is stored with each
/// step, so it goes on where it was stopped.
/// </summary>
internal static class IndexBuilder
{
    private const int Step = 500;

    internal static async Task RunAsync(Database database, CancellationToken cancel)
    {
        while (await StepAsync(database, cancel)) { }
    }

    private static Task<bool> StepAsync(Database database, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                await database.Engine.LockForMigrationAsync(t, cancel);
                var state = await t.FirstAsync<State>("select edition, done_to from search_state", null, cancel);
                if (state!.Edition == SearchTerms.Edition)
                {
                    return false;
                }
                var documents = await t.QueryAsync<StoredDocument>(
                    """
                    select id, kind, language, at, keys, title, body from search_documents where id > @DoneTo
                    order by id limit @Step
                    """,
                    new { state.DoneTo, Step },
                    cancel
                );
                await t.PutDocumentsAsync([.. documents.Select(d => d.Document())], cancel);
                await t.ExecuteAsync(
                    "update search_state set edition = @edition, done_to = @to",
                    documents.Count < Step
                        ? new { edition = SearchTerms.Edition, to = 0L }
                        : new { edition = state.Edition, to = documents[^1].Id },
                    cancel
                );
                return documents.Count == Step;
            },
            cancel
        );

    private sealed class State
    {
        public int Edition { get; init; }
        public long DoneTo { get; init; }
    }
}
