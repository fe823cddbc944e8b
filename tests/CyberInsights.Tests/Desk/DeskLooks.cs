using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Site;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Desk;

/// <summary>What holds for every page of the desk in Chromium; a room gives its paths.</summary>
internal static class DeskLooks
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions
        {
            Type = "tag",
            Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
        },
    };

    /// <summary>In Arabic and dark at 390 px (there axe finds nothing either), in English and light at 1280: nothing reaches out to the side, the browser complains of nothing.</summary>
    internal static async Task CheckAsync(DeskSite site, DeskRole role, params string[] paths)
    {
        var problems = new List<string>();
        var chrome = await Chrome.StartAsync(TestContext.Current.CancellationToken);
        foreach (var (width, scheme, prefix) in new[] { (390, ColorScheme.Dark, "/ar"), (1280, ColorScheme.Light, "") })
        {
            await using var browser = await site.BrowserAsync(chrome, role, width, scheme);
            var page = await browser.NewPageAsync();
            page.Console += (_, message) => problems.Add(message.Text);
            page.PageError += (_, error) => problems.Add(error);
            foreach (var path in paths)
            {
                await page.GotoAsync(new Uri(site.Address, prefix + path).AbsoluteUri);
                var where = $"{prefix}{path} at {width}";
                if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") > width)
                {
                    problems.Add($"{where} scrolls sideways");
                }
                // One look is enough for what does not depend on it; colours differ most in the dark.
                if (scheme == ColorScheme.Light)
                {
                    continue;
                }
                problems.AddRange((await AxeAsync(page)).Select(found => $"{where}: {found}"));
            }
        }
        Assert.Empty(problems);
    }

    /// <summary>What axe finds wrong on a page (WCAG 2.2 AA).</summary>
    internal static async Task<IEnumerable<string>> AxeAsync(IPage page)
    {
        var found = await page.RunAxe(Rules).WaitAsync(TestContext.Current.CancellationToken);
        return found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}: {n.Html}"));
    }
}
