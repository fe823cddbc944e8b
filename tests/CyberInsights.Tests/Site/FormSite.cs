using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Returns;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Publish.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Site;

/// <summary>A site of one test's own with a real mail server beside it.</summary>
internal sealed class FormSite : IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private WebApplication app = null!;
    private Mailer mailer = null!;

    internal FakeTimeProvider Clock { get; } = new(InventedDay.Now);
    internal MailboxServer Mailbox { get; } = MailboxServer.Start();
    internal Database Database { get; private set; } = null!;

    /// <summary>Follows no redirect, keeps no cookie.</summary>
    internal HttpClient Http { get; private set; } = null!;
    internal IServiceProvider Services => app.Services;
    internal string DatabaseFile => folder.File("forms.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<FormSite> StartAsync(
        Func<SiteSettings, SiteSettings>? change = null,
        string? database = null
    )
    {
        var site = new FormSite();
        if (database is null)
        {
            await InventedDay.CopyAsync(site.DatabaseFile);
        }
        site.Database = await Database.StartAsync(database ?? site.DatabaseFile, site.Clock, Cancel);
        if (database is not null)
        {
            await InventedDay.FillAsync(site.Database);
        }
        var settings = SiteFixture.Settings with { Mail = site.Mailbox.Settings };
        site.app = await SiteFixture.StartAsync(site.Database, site.Clock, change?.Invoke(settings) ?? settings);
        site.Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(site.app.Urls.First()),
        };
        var tokens = new ReturnTokens(new SiteKey(site.Database));
        site.mailer = new Mailer(
            new Outbox(site.Database),
            tokens,
            new ReturnDesk(site.Database, tokens, new SiteKey(site.Database)),
            site.Mailbox.Settings,
            new SiteAddress(site.Http.BaseAddress),
            site.Clock,
            NullLogger<Mailer>.Instance
        );
        return site;
    }

    /// <summary>Sends what is in the outbox.</summary>
    internal async Task DeliverAsync()
    {
        while (await mailer.RunAsync(Cancel) > 0) { }
    }

    internal async Task<IDocument> PageAsync(string path) =>
        await PageTests.ParseAsync(await Http.GetStringAsync(path, Cancel));

    /// <summary>The token of the form at <paramref name="path"/>, old enough to be sent.</summary>
    internal async Task<string> TokenAsync(string path)
    {
        var page = await PageAsync(path);
        Clock.Advance(TimeSpan.FromSeconds(10));
        return page.QuerySelector("main input[name=token]")!.GetAttribute("value")!;
    }

    internal Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    internal async Task<HttpResponseMessage> SendAsync(
        string path,
        HttpContent content,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.ParseAdd("text/html");
        // What is refused is refused before it was sent.
        request.Headers.ExpectContinue = true;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return await Http.SendAsync(request, Cancel);
    }

    internal Task<long> CountAsync(string table) =>
        Database.FirstAsync<long>(
            string.Create(CultureInfo.InvariantCulture, $"select count(*) from {table}"),
            null,
            Cancel
        );

    internal static async Task<IDocument> DocumentAsync(HttpResponseMessage answer) =>
        await PageTests.ParseAsync(await answer.Content.ReadAsStringAsync(Cancel));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await Mailbox.DisposeAsync();
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
