using CyberInsights.Storage;

namespace CyberInsights.Recognise.Proposing;

/// <summary>
/// Asks the language model about the newest reports, one at a time, in a loop of its own: however slow or broken it is, reports are
/// recognised, grouped and published without it. What it proposes waits for the desk.
/// </summary>
public sealed class ProposeStage(LanguageModel model, Database database, ProposalStore store, TimeProvider clock)
    : IStage
{
    // Between two looks for something to ask, when there was nothing or nothing may be asked.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private DateTimeOffset quietUntil;

    public Stage Stage => Stage.Recognise;

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now < quietUntil)
        {
            return 0;
        }
        var state = await store.StateAsync(now, cancel);
        var free = state.Requests < model.Settings.RequestsADay && !(now < state.PausedUntil);
        if (!free || await store.NextAsync(now, cancel) is not { } report)
        {
            quietUntil = now + Quiet;
            return 0;
        }
        var own = Recogniser.Read(report.Title, report.Text, report.Language);
        var reading = await Proposer.ReadAsync(model, report, own, cancel);
        await database.WriteAsync(t => StoreAsync(t, report, reading, cancel), cancel);
        return 1;
    }

    // A version that was replaced while the model thought: its answer only counts as asked.
    private async Task StoreAsync(Transaction t, ReportText report, ProposedReading reading, CancellationToken cancel)
    {
        await ProposalStore.PutAsync(t, report, model.Settings.Name, reading, cancel);
        var version = await t.FirstAsync<int>("select version from reports where id = @Id", new { report.Id }, cancel);
        if (reading.Proven is { Statements.Count: > 0 } proven && version == report.Version)
        {
            var drafts = proven.Statements.SelectMany(s => new[] { s.Speaker, s.Target }).OfType<EntityDraft>();
            var ids = await EntityStore.PutAsync(t, drafts, cancel);
            await StatementStore.AddAsync(t, report, proven.Statements, model.Settings.Name, ids, cancel);
        }
    }
}
