using System.Net;
using CyberInsights.Edit;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;

namespace CyberInsights.Tests.Desk.Tips;

/// <summary>The room of messages from readers: in the clear over HTTP, sealed ones in Chromium.</summary>
public sealed class TipsRoomTests
{
    private const string Root = "/desk/tips";
    private const string Hostile = "<script>alert(1)</script>\n<b>bold</b> \u202egnp.exe";

    private static readonly Objection Quotation = new(Fault.Quotation, $"/events/{InventedDay.LeadSlug}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_read_noted_dealt_with_and_deleted_each_in_the_log_without_its_words()
    {
        await using var site = await DeskSite.StartAsync();
        var store = new TipStore(site.Database);
        await store.AddAsync(new TipText { Message = Hostile, Contact = "me@pub.example" }, null, Quotation, Cancel);
        var id = (await store.AllAsync(Cancel)).Single().Id;
        var one = $"{Root}/{id}";
        using var editor = await site.ClientAsync(DeskRole.Editor);

        // The inbox names it with its page.
        var item = (await editor.PageAsync("/desk"))
            .QuerySelectorAll(".judge > li")
            .Single(i => i.InnerHtml.Contains(one, StringComparison.Ordinal));
        Assert.Equal(InventedDay.LeadTitle, item.QuerySelector(".coded a")!.TextContent);
        Assert.Contains("A quotation is not what was said", item.TextContent, StringComparison.Ordinal);
        Assert.NotNull(item.QuerySelector($".meta a[href='{Quotation.About}']"));

        // What readers wrote is text.
        foreach (var path in new[] { Root, one })
        {
            var page = await editor.PageAsync(path);
            Assert.Equal(Hostile, page.QuerySelector("[data-part=message]")!.TextContent);
            Assert.Empty(page.QuerySelectorAll("main script, main b:not(.kick b)"));
            Assert.Null(page.QuerySelector("[data-tip-key]"));
        }

        await editor.SubmitAsync(one, $"{one}/note", ("text", "I called <them>."));
        Assert.Contains(
            "I called <them>.",
            (await editor.PageAsync(one)).QuerySelector(".notes")!.TextContent,
            StringComparison.Ordinal
        );
        foreach (
            var (act, field, value, sentence) in new[]
            {
                ("note", "text", " \n", "1 to 2000 characters"),
                ("note", "text", new string('x', TipDesk.MaxNote + 1), "1 to 2000 characters"),
                ("mark", "as", "waiting", "stands so already"),
                ("delete", "reason", " ", "needs a reason"),
            }
        )
        {
            var answer = await editor.SubmitAsync(one, $"{one}/{act}", (field, value));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        await editor.SubmitAsync(one, $"{one}/mark", ("as", "done"));
        Assert.Empty((await editor.PageAsync(Root)).QuerySelectorAll(".tips > li"));
        Assert.Single((await editor.PageAsync($"{Root}?show=done")).QuerySelectorAll(".tips > li"));
        Assert.DoesNotContain(one, (await editor.PageAsync("/desk")).Body!.InnerHtml, StringComparison.Ordinal);
        await editor.SubmitAsync(one, $"{one}/mark", ("as", "waiting"));
        Assert.Single((await editor.PageAsync(Root)).QuerySelectorAll(".tips > li"));
        await editor.SubmitAsync(one, $"{one}/delete", ("reason", "asked for it"));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(one)).StatusCode);

        var log = await site.Services.GetRequiredService<AuditLog>().ReadAsync(new AuditFilter(), 0, 20, Cancel);
        Assert.Equal(
            ["tip.note", "tip.done", "tip.reopen", "tip.delete"],
            log.Select(e => e.Action).Where(a => a.StartsWith("tip.", StringComparison.Ordinal)).Reverse()
        );
        Assert.All(
            log,
            e => Assert.DoesNotContain("called", $"{e.Detail}{e.Reason}{e.SubjectTitle}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_sealed_message_is_opened_in_the_browser_by_a_key_that_never_leaves_it()
    {
        await using var site = await DeskSite.StartAsync();
        var store = new TipStore(site.Database);
        await store.AddAsync(
            new TipText { Message = Hostile, Contact = "petra@pub.example" },
            SiteFixture.Settings.TipKey,
            null,
            Cancel
        );
        var id = (await store.AllAsync(Cancel)).Single().Id;
        using var folder = new TestFolder();
        var pem = SiteFixture.DeskKey.ExportPkcs8PrivateKeyPem();
        await File.WriteAllTextAsync(folder.File("desk.pem"), pem, Cancel);
        using var other = System.Security.Cryptography.ECDiffieHellman.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        await File.WriteAllTextAsync(folder.File("other.pem"), other.ExportPkcs8PrivateKeyPem(), Cancel);
        await File.WriteAllTextAsync(folder.File("none.pem"), "no key", Cancel);
        var chrome = await Chrome.StartAsync(Cancel);
        await using var browser = await site.BrowserAsync(chrome, DeskRole.Editor);
        var page = await browser.NewPageAsync();
        var sent = new List<string>();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync(new Uri(site.Address, $"{Root}/{id}").AbsoluteUri);
        // A file of the page that Chromium asks for late, such as its icon, carries nothing.
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith($"{site.Address}assets/", StringComparison.Ordinal))
            {
                sent.Add(request.Url);
            }
        };
        foreach (
            var (file, said) in new[]
            {
                ("none.pem", "holds no private key"),
                ("other.pem", "does not open every"),
                ("desk.pem", "are open"),
            }
        )
        {
            await page.SetInputFilesAsync("#key", folder.File(file));
            await page.GetByText(said).WaitForAsync();
        }

        Assert.Equal(
            Hostile,
            await page.EvaluateAsync<string>("() => document.querySelector('[data-part=message]').textContent")
        );
        Assert.Equal("petra@pub.example", await page.InnerTextAsync("[data-part=contact] bdi"));
        Assert.Empty(sent);
        Assert.Empty(complaints);
        Assert.Equal(
            "0 0",
            await page.EvaluateAsync<string>("() => `${localStorage.length} ${sessionStorage.length}`")
        );

        await store.AddAsync(new TipText { Message = "open" }, null, Quotation, Cancel);
        await DeskLooks.CheckAsync(site, DeskRole.Editor, Root, $"{Root}/{id}");
    }
}
