using CyberInsights.Edit;
using CyberInsights.Server.Commands;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Tests.Deliver;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

/// <summary>The forms as a reader with script uses them, in Chromium.</summary>
[Collection("environment")]
public sealed class FormBrowserTests : IAsyncLifetime
{
    private readonly List<string> complaints = [];
    private FormSite site = null!;
    private Chrome chrome = null!;
    private IPage page = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await FormSite.StartAsync();
        chrome = await Chrome.StartAsync(Cancel);
        page = await (await chrome.ReaderAsync(1280)).NewPageAsync();
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
    }

    public async ValueTask DisposeAsync()
    {
        if (page is not null)
        {
            await page.Context.DisposeAsync();
        }
        await site.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_field_says_so_next_to_it_without_asking_the_server_or_moving_the_page()
    {
        await OpenAsync("/");
        var asked = 0;
        // The icon of the page may still be on its way.
        page.Request += (_, request) => asked += request.Method == "POST" ? 1 : 0;
        var before = await page.EvaluateAsync<double>("() => document.body.scrollHeight");

        await page.ClickAsync("form[action='/subscribe'] button");

        Assert.Equal("Please fill the required field.", (await page.InnerTextAsync("#nl-m")).Trim());
        Assert.Equal("true", await page.GetAttributeAsync("#nl", "aria-invalid"));
        Assert.Equal("nl", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal(before, await page.EvaluateAsync<double>("() => document.body.scrollHeight"));
        Assert.Equal(0, asked);
        await page.FillAsync("#nl", "reader@pub.example");
        Assert.Equal("", (await page.InnerTextAsync("#nl-m")).Trim());
        Assert.Null(await page.GetAttributeAsync("#nl", "aria-invalid"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_browser_judges_every_address_as_the_server_does_and_in_its_words()
    {
        await OpenAsync("/subscribe");
        var strings = Language.Default.Strings;
        // A field for mail addresses takes line breaks out by itself (HTML, 4.10.5.1.5), so it is made one for any text here.
        await page.EvaluateAsync("() => { document.querySelector('#nl').type = 'text'; }");
        foreach (var (address, _) in MailAddressTests.Cases.Where(c => !c.Address.AsSpan().ContainsAny("\r\n\0")))
        {
            await page.FillAsync("#nl", address);
            await page.EvaluateAsync(
                "() => { document.querySelector('#nl').setAttribute('aria-invalid', 'true'); document.querySelector('#nl').dispatchEvent(new Event('input')); }"
            );

            var key = FieldRule.Broken(FieldRule.Address, address);
            Assert.Equal(key is null ? "" : strings[key], (await page.InnerTextAsync("#nl-m")).Trim());
        }
    }

    [Fact]
    public async Task From_the_form_over_the_mail_to_the_button_that_confirms()
    {
        await OpenAsync("/");
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.FillAsync("#nl", "reader@pub.example");
        await page.ClickAsync("form[action='/subscribe'] button");
        await page.ArrivesAsync("/subscribe/sent");
        await site.DeliverAsync();

        var text = Assert.Single(site.Mailbox.Received).TextBody!;
        var link = text.ReplaceLineEndings("\n")
            .Split('\n')
            .Single(l => l.Contains("/confirm/", StringComparison.Ordinal));
        await OpenAsync(new Uri(link).PathAndQuery);
        await page.ClickAsync("main form button");
        await page.ArrivesAsync(p => p.StartsWith("/subscribe/preferences/", StringComparison.Ordinal));

        Assert.Contains("Confirmed", await page.InnerTextAsync("[role=status]"), StringComparison.Ordinal);
        Assert.Equal(2L, await site.Database.FirstAsync<long>("select state from subscribers", null, Cancel));
        Assert.Empty(complaints);
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task A_tip_is_sealed_in_the_browser_and_read_with_the_command()
    {
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add(request.PostData ?? "");
        await OpenAsync("/contact?about=/events/x");
        Assert.True(await page.IsVisibleAsync("[data-way=sealed]"));
        Assert.False(await page.IsVisibleAsync("[data-way=plain]"));
        await page.FillAsync("#tip-text", "The minutes are in the blue folder. Ключ €");
        await page.FillAsync("#tip-way", "petra@pub.example");
        await page.ClickAsync("form[data-tip] button");
        await page.ArrivesAsync("/contact/sent");

        Assert.DoesNotContain(
            sent,
            s => s.Contains("blue", StringComparison.Ordinal) || s.Contains("petra", StringComparison.Ordinal)
        );
        var tip = Assert.Single(await new TipStore(site.Database).AllAsync(Cancel));
        Assert.Equal(Sealing.Browser, tip.Sealing);
        var read = await ReadAsync();
        Assert.Contains("The minutes are in the blue folder. Ключ €", read, StringComparison.Ordinal);
        Assert.Contains("petra@pub.example", read, StringComparison.Ordinal);
        Assert.Contains("/events/x", read, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_page_that_is_too_old_says_so_and_the_message_stays()
    {
        await OpenAsync("/contact");
        site.Clock.Advance(TimeSpan.FromHours(25));
        await page.FillAsync("#tip-text", "late");
        await page.ClickAsync("form[data-tip] button");

        await page.WaitForFunctionAsync(
            "() => document.querySelector('form[data-tip] [role=status]').textContent.includes('too old')"
        );
        Assert.Equal("late", await page.InputValueAsync("#tip-text"));
        Assert.Equal(0, await site.CountAsync("tips"));
    }

    private async Task<string> ReadAsync()
    {
        using var folder = new TestFolder();
        var file = folder.File("desk.pem");
        await File.WriteAllTextAsync(file, SiteFixture.DeskKey.ExportPkcs8PrivateKeyPem(), Cancel);
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        Environment.SetEnvironmentVariable("Insights__Database", site.DatabaseFile);
        try
        {
            Assert.Equal(0, await CommandLine.RunAsync(["tips", "read", "--key", file], output, errors));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Insights__Database", null);
        }
        return output.ToString();
    }

    private Task OpenAsync(string path) => page.GotoAsync(new Uri(site.Http.BaseAddress!, path).AbsoluteUri);
}
