using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Edit;
using CyberInsights.Publish;
using CyberInsights.Server.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Deliver.Editions;

/// <summary>What the clock does with editions, and what is known of them afterwards, on both databases.</summary>
public abstract class EditionClockContract : EditionBench
{
    [Fact]
    public async Task Of_drafts_that_nobody_sends_the_clock_keeps_one_and_drops_what_has_grown_old()
    {
        var waits = new EditionSchedule { Automatic = false };
        await PrintAsync(waits);
        var first = await NewestAsync();
        var composed = await site.Services.GetRequiredService<EditionComposer>().ComposeAsync(Frequency.Daily, Cancel);
        // A draft that a person composed is theirs.
        await WriteAsync(t => EditionStore.AddAsync(t, Frequency.Weekly, composed, null, null, Cancel));

        site.Clock.Advance(TimeSpan.FromDays(1));
        await ChangeAsync("Disputed\nConfirmed");
        await PrintAsync(waits);
        await PrintAsync(waits);

        var daily = Assert.Single(await Editions.NewestAsync(10, Cancel), e => e.Frequency == Frequency.Daily);
        Assert.Equal((first.Id, EditionState.Draft), (daily.Id, daily.State));
        Assert.Equal(("2025-05-29-daily", "2025-05-30-daily"), (first.Slug, daily.Slug));
        Assert.Equal(2, (await Editions.NewestAsync(10, Cancel)).Count);

        site.Clock.Advance(EditionComposer.Longest);
        await PrintAsync(waits);
        Assert.DoesNotContain(await Editions.NewestAsync(10, Cancel), e => e.Frequency == Frequency.Weekly);
        Assert.Equal(
            ["2025-05-29-weekly", "2025-05-30-daily"],
            (await new AuditLog(site.Database).ReadAsync(new AuditFilter { Member = "insights" }, 0, 9, Cancel))
                .Where(e => e.Action == "edition.expire")
                .Select(e => e.SubjectTitle)
                .Order()
        );
    }

    [Theory]
    // It is Thursday, 29 May, 07:40.
    [InlineData(Frequency.Daily, 12, DayOfWeek.Monday, false, "2025-05-29T12:00Z")]
    [InlineData(Frequency.Daily, 20, DayOfWeek.Monday, true, "2025-05-29T20:00Z")]
    [InlineData(Frequency.Weekly, 8, DayOfWeek.Wednesday, true, "2025-06-04T08:00Z")]
    [InlineData(Frequency.Weekly, 7, DayOfWeek.Wednesday, false, "2025-06-04T07:00Z")]
    public async Task An_hour_that_was_missed_is_made_up_for_soon_or_left_to_the_next(
        Frequency frequency,
        int hour,
        DayOfWeek weekday,
        bool composed,
        string next
    )
    {
        var schedule = new EditionSchedule { Hour = hour, Weekday = weekday };

        await Press(schedule).RunAsync(Cancel);

        Assert.Equal(composed, (await Editions.NewestAsync(10, Cancel)).Any(e => e.Frequency == frequency));
        Assert.Equal(
            DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
            schedule.NextSlot(frequency, site.Clock.GetUtcNow())
        );
    }

    [Fact]
    public async Task What_goes_out_is_in_the_public_archive_at_once()
    {
        var signal = new PublishSignal();
        signal.Listen(site.Services.GetRequiredService<SiteCache>().EvictAsync);
        Assert.Null((await site.PageAsync("/newsletter")).QuerySelector("main ol.list"));

        await Press(signal: signal).RunAsync(Cancel);

        Assert.NotNull((await site.PageAsync("/newsletter")).QuerySelector("main ol.list"));
    }

    [Fact]
    public async Task What_became_of_the_mails_of_an_edition_is_known_when_they_are_gone()
    {
        var ids = await SomeReaders.AddAsync(
            site.Database,
            ["one@pub.example", "two@pub.example", "three@pub.example"]
        );
        site.Mailbox.Unknown = address => address == "two@pub.example";
        await PrintAsync();
        var edition = await NewestAsync();
        var outbox = new OutboxReader(site.Database);
        var before = (await outbox.OfEditionsAsync([edition.Id], Cancel))[edition.Id];
        var newsletter = new Newsletter(site.Database, new SiteKey(site.Database));

        await WriteAsync(t =>
            t.ExecuteAsync("update mails set returned = 2 where subscriber_id = @id", new { id = ids[1] }, Cancel)
        );
        // The second leaves the same way after the first: the number grows.
        foreach (var (id, mark) in new[] { (ids[0], 'a'), (ids[2], 'c') })
        {
            await newsletter.LeaveAsync($"{id}-{new string(mark, 64)}", Cancel);
        }
        site.Clock.Advance(TimeSpan.FromDays(31));
        await new Forgetter(site.Database, site.Clock).RunAsync(Cancel);

        var after = (await outbox.OfEditionsAsync([edition.Id, 1], Cancel))[edition.Id];
        Assert.Equal(0, await site.CountAsync("mails"));
        Assert.Equal((2, 1, 0), (before.Sent, before.Failed, before.Left));
        Assert.Equal((2, 1, 2, 1), (after.Sent, after.Failed, after.Left, after.Returned));
    }
}

public sealed class SqliteEditionClockTests : EditionClockContract
{
    private protected override Task<string?> NameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresEditionClockTests(PostgresServer server) : EditionClockContract
{
    private protected override async Task<string?> NameAsync() => await server.NewDatabaseAsync();
}
