namespace CyberInsights.Tests.Publish.Reading;

public sealed class TrendTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What else the archive tells, as much as ever.
    private const long Rest = 1;

    [Fact]
    public async Task What_is_told_of_more_than_usual_comes_first()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var quiet = await room.Seeds.EntityAsync(EntityKind.Actor, "quiet", "Quiet");
        var loud = await room.Seeds.EntityAsync(EntityKind.Actor, "loud", "Loud");
        await TellAsync(room, Rest, 60, 100, 100);
        await TellAsync(room, loud, 60, 20, 60);
        await TellAsync(room, quiet, 60, 0, 9);

        var rising = await room.Trends.RisingAsync(InventedDay.Now, 10, Cancel);

        Assert.Equal(["Quiet", "Loud"], rising.Trends.Select(t => t.Name));
        var trend = rising.Trends[1];
        Assert.Equal((60, Direction.Rising), (trend.LastDay, trend.Direction));
        Assert.InRange(trend.Expected, 27, 29);
        Assert.InRange(trend.UsualLow, 1, trend.Expected);
        Assert.InRange(trend.UsualHigh, trend.Expected, 59);
        Assert.Equal(14, trend.Days.Count);
        Assert.Equal((20, 20, 60), (trend.Days[0], trend.Days[^2], trend.Days[^1]));
        Assert.Equal(("/entities/loud", "/trends/entities/loud"), (trend.Address, trend.ItemsAddress));
        Assert.InRange(rising.PastDays, 57, 59);
        Assert.True(rising.Trends[0].Bursting);
        Assert.Equal(Direction.FirstSeen, rising.Trends[0].Direction);
        Assert.Equal(InventedDay.Now.AddHours(-2), rising.Trends[0].FirstToldAt);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task Fewer_than_three_reports_are_no_trend(int reports, int trends)
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        await TellAsync(room, Rest, 30, 40, 40);
        await TellAsync(room, topic, 0, 0, reports);

        var rising = await room.Trends.RisingAsync(InventedDay.Now, 10, Cancel);

        Assert.Equal(trends, rising.Trends.Count);
    }

    [Fact]
    public async Task An_archive_without_a_past_lists_what_is_told_of_most_and_claims_nothing()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        var actor = await room.Seeds.EntityAsync(EntityKind.Actor, "loud", "Loud");
        await TellAsync(room, actor, 0, 0, 5);
        await TellAsync(room, topic, 0, 0, 12);

        var board = await room.Trends.BoardAsync(InventedDay.Now, 10, _ => true, Cancel);

        Assert.Equal(0, board.PastDays);
        Assert.Equal(["AI", "Loud"], board.Rising.Select(t => t.Name));
        Assert.All(board.Rising, t => Assert.Equal((Direction.Steady, false), (t.Direction, t.Bursting)));
        Assert.Empty(board.FirstSeen.Concat(board.Fading));
    }

    [Fact]
    public async Task What_is_told_of_less_than_usual_fades()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        await TellAsync(room, Rest, 30, 40, 40);
        await TellAsync(room, topic, 30, 12, 1);

        var board = await room.Trends.BoardAsync(InventedDay.Now, 10, _ => true, Cancel);

        Assert.Empty(board.Rising);
        Assert.Equal(
            ("AI", 1, Direction.Fading),
            Assert.Single(board.Fading) is var t ? (t.Name, t.LastDay, t.Direction) : default
        );
    }

    [Fact]
    public async Task Lists_can_be_narrowed_to_one_kind()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var topic = await room.Seeds.TopicAsync("ai", "AI", 1);
        var actor = await room.Seeds.EntityAsync(EntityKind.Actor, "loud", "Loud");
        await TellAsync(room, Rest, 30, 40, 40);
        await TellAsync(room, topic, 30, 2, 30);
        await TellAsync(room, actor, 30, 2, 30);

        var topics = await room.Trends.BoardAsync(InventedDay.Now, 10, kind => kind is null, Cancel);
        var actors = await room.Trends.BoardAsync(InventedDay.Now, 10, kind => kind == EntityKind.Actor, Cancel);

        Assert.Equal("AI", Assert.Single(topics.Rising).Name);
        Assert.Equal("Loud", Assert.Single(actors.Rising).Name);
    }

    [Fact]
    public async Task A_trend_opens_to_its_reports()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var actor = await room.Seeds.EntityAsync(EntityKind.Actor, "loud", "Loud");
        var wire = await room.Seeds.SourceAsync("Wire");
        var shown = await room.Seeds.ReportAsync(wire, "Loud strikes", "Text.", InventedDay.Now.AddHours(-3));
        var old = await room.Seeds.ReportAsync(wire, "Loud struck", "Text.", InventedDay.Now.AddHours(-30));
        await room.Seeds.EventAsync("event", "A strike", EventState.Developing, [shown], [], [], [], 1, 1, 1);
        foreach (var report in new[] { shown, old })
        {
            await room.Seeds.TellAsync(actor, report);
        }

        var items = await room.TrendItems.FindAsync(topic: false, "loud", InventedDay.Now, Cancel);

        var item = Assert.Single(items!.Items);
        Assert.Equal(
            (shown.Id, "Loud strikes", "Wire", "event", "A strike"),
            (item.ReportId, item.Title, item.Source, item.EventSlug, item.EventTitle)
        );
        Assert.Equal(1, items.Trend.LastDay);
        Assert.Null(await room.TrendItems.FindAsync(topic: true, "loud", InventedDay.Now, Cancel));
    }

    // So many reports on each of the days before, and so many in the last 24 hours.
    private static async Task TellAsync(ReadingRoom room, long subject, int days, int usual, int lastDay)
    {
        for (var day = 2; day <= days && usual > 0; day++)
        {
            await room.Seeds.CountAsync(subject, InventedDay.Now.AddDays(-day), usual);
        }
        if (usual > 0)
        {
            await room.Seeds.CountAsync(subject, InventedDay.Now.AddHours(-25), usual);
        }
        await room.Seeds.CountAsync(subject, InventedDay.Now.AddHours(-2), lastDay);
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
