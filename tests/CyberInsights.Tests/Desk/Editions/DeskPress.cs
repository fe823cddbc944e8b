using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Deliver.Returns;
using CyberInsights.Tests.Deliver;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CyberInsights.Tests.Desk.Editions;

/// <summary>Prints and sends what the room of the newsletter lets go, as the program does by itself.</summary>
internal static class DeskPress
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static EditionPress Of(DeskSite site) =>
        new(
            site.Database,
            site.Services.GetRequiredService<EditionStore>(),
            site.Services.GetRequiredService<EditionComposer>(),
            // Its own hours are long past, so that it composes nothing.
            () => new EditionSchedule { Hour = (site.Clock.GetUtcNow().Hour + 1) % 24, Weekday = DayOfWeek.Friday },
            site.Services.GetRequiredService<WriteEdition>(),
            site.Clock
        );

    internal static async Task PrintAsync(DeskSite site, MailboxServer mailbox)
    {
        var tokens = new ReturnTokens(new SiteKey(site.Database));
        var mailer = new Mailer(
            new Outbox(site.Database),
            tokens,
            new ReturnDesk(site.Database, tokens, new SiteKey(site.Database)),
            mailbox.Settings,
            site.Services.GetRequiredService<SiteAddress>(),
            site.Clock,
            NullLogger<Mailer>.Instance
        );
        await Of(site).RunAsync(Cancel);
        while (await mailer.RunAsync(Cancel) > 0) { }
        await Of(site).RunAsync(Cancel);
    }
}
