namespace CyberInsights.Tests.Publish.Reading;

public sealed class TrendTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_told_of_more_than_usual_comes_first()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var quiet = await room.Seeds.EntityAsync(EntityKind.Actor, "quiet", "Quiet");
        var loud = await room.Seeds.EntityAsync(EntityKind.Actor, "loud", "Loud");
        for (var day = 2; day <= 60; day++)
        {
            await room.Seeds.CountAsync(loud, InventedDay.Now.AddDays(-day), 20);
        }
        await room.Seeds.CountAsync(loud, InventedDay.Now.AddHours(-2), 22);
        await room.Seeds.CountAsync(quiet, InventedDay.Now.AddHours(-2), 9);

        var rising = await room.Trends.RisingAsync(InventedDay.Now, 10, Cancel);

        Assert.Equal(["Quiet", "Loud"], rising.Trends.Select(t => t.Name));
        var trend = rising.Trends[1];
        Assert.Equal((22, 20.0, 20.0), (trend.LastDay, trend.UsualLow, trend.UsualHigh));
        Assert.Equal(14, trend.Days.Count);
        Assert.Equal(22, trend.Days[^1]);
        Assert.Equal(20, trend.Days[0]);
        Assert.Equal("/entities/loud", trend.Address);
        Assert.InRange(rising.PastDays, 57, 59);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task Fewer_than_three_reports_are_no_trend(int reports, int trends)
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        await room.Seeds.CountAsync(topic, InventedDay.Now.AddHours(-2), reports);

        var rising = await room.Trends.RisingAsync(InventedDay.Now, 10, Cancel);

        Assert.Equal(trends, rising.Trends.Count);
        Assert.Equal(0, rising.PastDays);
    }

    [Fact]
    public async Task What_is_told_of_less_than_usual_does_not_rise()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        for (var day = 2; day <= 30; day++)
        {
            await room.Seeds.CountAsync(topic, InventedDay.Now.AddDays(-day), 10);
        }
        await room.Seeds.CountAsync(topic, InventedDay.Now.AddHours(-2), 4);

        Assert.Empty((await room.Trends.RisingAsync(InventedDay.Now, 10, Cancel)).Trends);
    }

    [Fact]
    public async Task Pages_speak_from_now_or_from_the_newest_event_of_an_old_archive()
    {
        await using var room = await ReadingRoom.OpenAsync();
        Assert.Equal(InventedDay.Now, await room.AsOf.ReadAsync(Cancel));
        var source = await room.Seeds.SourceAsync("Wire");
        var report = await room.Seeds.ReportAsync(source, "Title", "Text.", InventedDay.Now.AddHours(-23));
        await room.Seeds.EventAsync("event", "Title", EventState.Developing, [report], [], [], [], 1, 1, 1);

        var fresh = await room.AsOf.ReadAsync(Cancel);
        room.Clock.Advance(TimeSpan.FromDays(400));
        var old = await room.AsOf.ReadAsync(Cancel);

        Assert.Equal(InventedDay.Now, fresh);
        Assert.Equal(report.At, old);
    }
}
