using System.Collections.Concurrent;
using CyberInsights.Extract.Pages;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Extract.Pages;

/// <summary>Only a browser tells what a browser makes of markup (mutation XSS).</summary>
public sealed class SanitiserBrowserTests
{
    private const string Blank = "http://blank.example/";

    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
    ];

    [Fact]
    public async Task In_a_real_browser_nothing_runs_and_nothing_is_fetched()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(
            chromium is null,
            "Chromium is not installed (Debian package chromium); the browser pass was not run."
        );
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = chromium, Args = Flags }
        );
        var page = await browser.NewPageAsync();
        var requests = new ConcurrentBag<string>();
        await page.RouteAsync("**/*", route => Answer(route, requests));
        await page.GotoAsync(Blank);

        // The harness is alive: unsanitised, a handler fires and a picture is asked for.
        Assert.Equal(1, await HitsAsync(page, "<img src=http://dead.example/x onerror=hx(1)>"));
        Assert.NotEmpty(requests);
        requests.Clear();
        foreach (var file in HostileHtml.Expectations.Keys)
        {
            var clean = Sanitiser.Clean(HostileHtml.Read(file), HostileHtml.Address).Html;
            Assert.True(await HitsAsync(page, clean) == 0, $"{file}: script ran");
            Assert.True(requests.IsEmpty, $"{file}: asked for {string.Join(", ", requests)}");
        }
    }

    private static Task Answer(IRoute route, ConcurrentBag<string> requests)
    {
        if (route.Request.Url == Blank)
            return route.FulfillAsync(
                new() { ContentType = "text/html", Body = "<!doctype html><title>x</title><body>" }
            );
        requests.Add(route.Request.Url);
        return route.AbortAsync();
    }

    private static Task<int> HitsAsync(IPage page, string html) =>
        page.EvaluateAsync<int>(
            """
            async html => {
                let hits = 0;
                window.hx = () => { hits++; };
                for (const frame of ['article', 'td', 'blockquote']) {
                    const holder = document.createElement('div');
                    holder.innerHTML = frame === 'td' ? '<table><tr><td></td></tr></table>' : `<${frame}></${frame}>`;
                    document.body.replaceChildren(holder);
                    const place = holder.querySelector(frame);
                    place.innerHTML = html;
                    place.innerHTML = place.innerHTML;
                    await new Promise(r => setTimeout(r, 0));
                }
                if (html.includes('dead.example')) await new Promise(r => setTimeout(r, 500));
                return hits > 0 ? 1 : 0;
            }
            """,
            html
        );
}
