using CyberInsights.Storage;

namespace CyberInsights.Deliver;

/// <summary>
/// Makes one transaction of what many want to write at the same time: while one is being stored, the others gather for the next. Each waits
/// for its own commit, so nobody is told too early; what fails, fails for all of its transaction. Thread safe.
/// </summary>
internal sealed class JoinedWrites(Database database)
{
    private readonly Lock gate = new();
    private List<Waiting> gathered = [];
    private bool writing;

    /// <summary>What <paramref name="work"/> answered, once it is stored.</summary>
    internal async Task<bool> WriteAsync(Func<Transaction, Task<bool>> work)
    {
        var own = new Waiting(work);
        bool first;
        lock (gate)
        {
            gathered.Add(own);
            first = !writing;
            writing = true;
        }
        if (first)
        {
            // Not awaited: whoever began need not stay until nobody gathers any more.
            _ = WriteAllAsync();
        }
        return await own.Done.Task;
    }

    // Whoever found nobody writing writes for all, until nothing has gathered any more.
    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<Waiting> all;
            lock (gate)
            {
                (all, gathered) = (gathered, []);
                writing = all.Count > 0;
            }
            if (all.Count == 0)
            {
                return;
            }
            await WriteAsync(all);
        }
    }

    private async Task WriteAsync(List<Waiting> all)
    {
        try
        {
            var answers = await database.WriteAsync(
                async t =>
                {
                    var given = new List<bool>(all.Count);
                    foreach (var one in all)
                    {
                        given.Add(await one.Work(t));
                    }
                    return given;
                },
                // One caller's haste must not undo what the others wait for.
                CancellationToken.None
            );
            foreach (var (one, answer) in all.Zip(answers))
            {
                one.Done.SetResult(answer);
            }
        }
        catch (Exception e)
        {
            all.ForEach(one => one.Done.SetException(e));
        }
    }

    private sealed record Waiting(Func<Transaction, Task<bool>> Work)
    {
        internal TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
