using System.Net;
using CyberInsights.Deliver;
using CyberInsights.Net;
using CyberInsights.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Deliver;

public sealed class CourierTests : IAsyncLifetime
{
    private static readonly Uri Hook = new("http://hook.example/in");

    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider clock = Some.Clock();
    private readonly List<(string Body, string Signature, string Key)> received = [];
    private int status = StatusCodes.Status204NoContent;
    private Database database = null!;
    private WebApplication receiver = null!;
    private GuardedHttp http = null!;
    private SubscriberStore subscribers = null!;
    private Courier courier = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await folder.DatabaseAsync("insights.db"), clock, Cancel);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        receiver = builder.Build();
        receiver.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(Cancel);
            lock (received)
            {
                received.Add(
                    (
                        body,
                        $"{context.Request.Headers["X-Hub-Signature"]}",
                        $"{context.Request.Headers["Idempotency-Key"]}"
                    )
                );
            }
            context.Response.StatusCode = status;
        });
        await receiver.StartAsync(Cancel);
        var address = receiver
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        http = new GuardedHttp(
            new OutboundPolicy { ReservedHosts = new IPEndPoint(IPAddress.Loopback, new Uri(address).Port) },
            TimeProvider.System
        );
        subscribers = new SubscriberStore(database);
        courier = new Courier(
            database,
            new WorkList(database, clock),
            subscribers,
            http,
            new SiteAddress(new Uri("https://news.example")),
            clock
        );
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await receiver.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_change_after_the_watch_began_is_sent_once_and_signed()
    {
        await ChangeAsync("before the watch");
        var secret = await subscribers.AddWebhookAsync(Hook, WatchSubject.Everything, 0, Cancel);
        await ChangeAsync("after");

        await DrainAsync();
        await DrainAsync();

        var (body, signature, key) = Assert.Single(received);
        Assert.Contains("\"text\":\"after\"", body, StringComparison.Ordinal);
        Assert.Contains("https://news.example/events/an-event", body, StringComparison.Ordinal);
        Assert.Equal(WebhookMessage.Signature(System.Text.Encoding.UTF8.GetBytes(body), secret), signature);
        Assert.NotEmpty(key);
    }

    [Fact]
    public async Task Who_watches_an_event_a_topic_and_everything_is_told_once()
    {
        await subscribers.AddWebhookAsync(Hook, WatchSubject.Everything, 0, Cancel);
        await subscribers.AddWebhookAsync(Hook, WatchSubject.Event, 1, Cancel);
        await subscribers.AddWebhookAsync(Hook, WatchSubject.Event, 1, Cancel);
        await ChangeAsync("news");

        await DrainAsync();

        Assert.Single(received);
    }

    [Fact]
    public async Task Another_event_is_not_told()
    {
        await subscribers.AddWebhookAsync(Hook, WatchSubject.Event, 2, Cancel);
        await ChangeAsync("news");

        await DrainAsync();

        Assert.Empty(received);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_later_with_the_same_key_and_given_up_at_last()
    {
        status = StatusCodes.Status500InternalServerError;
        await subscribers.AddWebhookAsync(Hook, WatchSubject.Everything, 0, Cancel);
        await ChangeAsync("news");

        await DrainAsync();
        Assert.Single(received);
        for (var attempt = 1; attempt < Retry.MaxAttempts; attempt++)
        {
            clock.Advance(TimeSpan.FromMinutes(Math.Pow(4, attempt - 1)));
            await DrainAsync();
        }
        clock.Advance(TimeSpan.FromDays(365));
        await DrainAsync();

        Assert.Equal(Retry.MaxAttempts, received.Count);
        Assert.Single(received.Select(r => r.Key).Distinct());
        Assert.Equal(
            (int)DeliveryState.Failed,
            await database.FirstAsync<int>("select state from deliveries", null, Cancel)
        );
    }

    private async Task DrainAsync()
    {
        while (await courier.RunAsync(Cancel) > 0) { }
    }

    private Task ChangeAsync(string text) =>
        database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "insert into events (id, slug, first_told_at, last_told_at, reports) values (1, 'an-event', 0, 0, 0) on conflict do nothing",
                    null,
                    Cancel
                );
                await t.ExecuteAsync(
                    "insert into dossier_changes (id, event_id, kind, text, at) values (@id, 1, 3, @text, 0)",
                    new { id = t.NextId(), text },
                    Cancel
                );
                await WorkList.AddAsync(t, Stage.Deliver, [1], Cancel);
            },
            Cancel
        );
}
