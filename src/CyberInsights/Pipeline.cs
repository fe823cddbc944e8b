namespace CyberInsights;

/// <summary>The stages in the order of the work; the numbers are stored, so they never change.</summary>
public enum Stage
{
    Capture = 1,
    Extract = 2,
    Recognise = 3,
    Group = 4,
    Measure = 5,
    Edit = 6,
    Publish = 7,
    Deliver = 8,
}

/// <summary>One step of the pipeline. What it has to do is in the database; doing it twice gives what doing it once gives.</summary>
public interface IStage
{
    Stage Stage { get; }

    /// <summary>Does a bounded amount of what is due and returns how many items that were; 0 means nothing was due.</summary>
    Task<int> RunAsync(CancellationToken cancel);
}

/// <summary>The order of the stages, which is data: the workers run it, the status page shows it, a test compares it with the docs.</summary>
public sealed class Pipeline(IEnumerable<IStage> stages)
{
    /// <summary>What each stage takes and what it makes, as <c>docs/architecture.md</c> lists them.</summary>
    public static IReadOnlyList<(Stage Stage, string Takes, string Makes)> Order { get; } =
    [
        (Stage.Capture, "sources that are due", "Snapshot"),
        (Stage.Extract, "snapshots", "Report and its versions"),
        (Stage.Recognise, "report versions", "Entity, Statement, Fact, Topic of a report"),
        (Stage.Group, "recognised reports", "Event, Story"),
        (Stage.Measure, "grouped reports", "counts behind a Trend, Burst"),
        (Stage.Edit, "articles whose time has come", "Article on the site"),
        (Stage.Publish, "changed events", "dossiers, change log, search"),
        (Stage.Deliver, "changes that someone watches", "messages to a Subscriber"),
    ];

    public IReadOnlyList<IStage> Stages { get; } = [.. stages.OrderBy(s => s.Stage)];

    /// <summary>Runs the stages from left to right, again and again, until none has anything to do.</summary>
    /// <returns>How many items were worked on.</returns>
    public async Task<int> DrainAsync(CancellationToken cancel)
    {
        var total = 0;
        int round;
        do
        {
            round = 0;
            foreach (var stage in Stages)
            {
                int done;
                while ((done = await stage.RunAsync(cancel)) > 0)
                {
                    round += done;
                }
            }
            total += round;
        } while (round > 0);
        return total;
    }
}
