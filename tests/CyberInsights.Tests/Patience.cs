namespace CyberInsights.Tests;

/// <summary>Waiting that ends: a test that waits for what never comes says so, instead of holding up all others.</summary>
internal static class Patience
{
    // Far longer than anything a test waits for takes on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Asks <paramref name="arrived"/> again and again until it says yes; fails after three minutes.</summary>
    internal static async Task UntilAsync(string what, Func<Task<bool>> arrived)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await arrived())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                Assert.Fail($"After {Limit.TotalMinutes} minutes there was still no sign of this: {what}.");
            }
            await Task.Delay(3, TestContext.Current.CancellationToken);
        }
    }
}
