using CyberInsights.Measure;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Measure;

public sealed class PastSumsTests : IAsyncLifetime
{
    private const long Sleet = 7;

    private static readonly DateTimeOffset Evening = new(2026, 3, 2, 22, 30, 0, TimeSpan.Zero);

    private readonly TestFolder folder = new();
    private readonly PastSums sums = new();
    private Database database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        database = await Database.StartAsync(await folder.DatabaseAsync("sums.db"), Some.Clock(), Cancel);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Yesterday_today_and_what_was_captured_later_are_left_out()
    {
        await CountAsync(daysAgo: 0, reports: 1);
        await CountAsync(daysAgo: 1, reports: 2);
        await CountAsync(daysAgo: 2, reports: 4);
        await CountAsync(daysAgo: 5, reports: 8);
        await CountAsync(daysAgo: 6, reports: 16, seenDaysAgo: -1);

        Assert.Equal(12, await SumAsync(Evening));
    }

    [Fact]
    public async Task A_sum_is_kept_for_an_hour_and_read_anew_after_it()
    {
        await CountAsync(daysAgo: 2, reports: 4);
        Assert.Equal(4, await SumAsync(Evening));
        await CountAsync(daysAgo: 3, reports: 8);

        Assert.Equal(4, await SumAsync(Evening.AddMinutes(59)));
        Assert.Equal(12, await SumAsync(Evening.AddMinutes(60)));
    }

    [Fact]
    public async Task A_new_day_is_read_anew_within_the_hour()
    {
        await CountAsync(daysAgo: 1, reports: 4);
        Assert.Equal(0, await SumAsync(Evening.AddHours(1)));

        Assert.Equal(4, await SumAsync(Evening.AddHours(1.5)));
    }

    [Fact]
    public async Task An_earlier_moment_does_not_see_what_a_later_one_kept()
    {
        await CountAsync(daysAgo: 2, reports: 4);
        Assert.Equal(4, await SumAsync(Evening));

        Assert.Equal(0, await SumAsync(Evening.AddDays(-10)));
    }

    [Fact]
    public async Task A_subject_asked_for_later_is_read_and_one_nothing_was_told_of_has_none()
    {
        Assert.Equal(0, await SumAsync(Evening, subject: 8));
        await CountAsync(daysAgo: 2, reports: 4);

        Assert.Equal(4, await SumAsync(Evening));
    }

    private async Task<int> SumAsync(DateTimeOffset at, long subject = Sleet) =>
        (await sums.OfAsync(database, new Gauge.Window(at), [subject], Cancel))(subject);

    private Task CountAsync(int daysAgo, int reports, int? seenDaysAgo = null) =>
        database.WriteAsync(
            t =>
                t.InsertAsync(
                    "counts (subject_id, day, seen_day, reports)",
                    [
                        [
                            Sleet,
                            Tellings.DayOf(Evening.AddDays(-daysAgo)),
                            Tellings.DayOf(Evening.AddDays(-(seenDaysAgo ?? daysAgo))),
                            reports,
                        ],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
}
