using System.Text.RegularExpressions;
using CyberInsights.Net;
using CyberInsights.Server.Site;
using CyberInsights.Tests.Accounts;
using CyberInsights.Tests.Deliver;
using CyberInsights.Tests.Net;
using CyberInsights.Tests.Site;
using Microsoft.Playwright;

namespace CyberInsights.Tests.Desk.Day;

/// <summary>
/// The scene of a day at the desk: a site, a mail server, an outlet that can be read, and one person in Chromium who reads the pages in one language. Every
/// page that is turned to is looked at: its direction, its width, its words, and whether the browser complains.
/// </summary>
internal sealed partial class DeskDay : IAsyncDisposable
{
    private const string Feed = """
        <rss version="2.0"><channel><title>Invented Post</title><language>en</language>
        <item><title>Ransomware at the port</title><link>http://post.example/1</link><description>Ships wait.</description>
        <pubDate>Wed, 28 May 2025 10:00:00 GMT</pubDate></item></channel></rss>
        """;

    private const string Home =
        "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head><body>Post</body></html>";

    // The words of the interface alone: what others wrote says its language or its direction, or stands in a bdi.
    private const string OwnWords = """
        () => {
          const own = (one) => one.closest("[lang]") === document.documentElement
            && !one.closest("bdi, code, textarea, script, style, datalist, svg, [dir=ltr], [dir=auto]");
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const words = [];
          while (walker.nextNode()) if (own(walker.currentNode.parentElement)) words.push(walker.currentNode.data.trim());
          return words.filter((text) => /[A-Za-z]{3}/.test(text));
        }
        """;

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    private readonly List<string> problems = [];

    // By path, whatever the numbers in it are: the first of each kind.
    private readonly Dictionary<string, string> seen = [];
    private readonly Language language;
    private readonly HashSet<string> english;
    private IBrowserContext browser = null!;
    private string step = "";

    private DeskDay(Language language)
    {
        this.language = language;
        english =
        [
            .. Language
                .Default.Strings.Keys.Select(k => Language.Default.Strings[k])
                .Except(language.Strings.Keys.Select(k => language.Strings[k])),
        ];
    }

    internal DeskSite Site { get; private set; } = null!;
    internal IPage Page { get; private set; } = null!;

    /// <summary>A reader's browser without script, which keeps no page.</summary>
    internal DeskClient Reader { get; private set; } = null!;
    internal Chrome Chrome { get; private set; } = null!;
    internal MailboxServer Mailbox { get; } = MailboxServer.Start();
    internal string Prefix => language.Prefix;
    internal string Code => language.Code;

    // A page on a telephone in the dark, and one on a desk in the light.
    private bool Phone => language != Language.Default;

    private readonly RawServer outlet = new(x =>
        x.Path == "/rss" ? x.OkAsync(Feed)
        : x.Path == "/"
            ? x.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Home.Length}\r\n\r\n{Home}")
        : x.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<DeskDay> BeginAsync(string code)
    {
        var day = new DeskDay(Language.All.First(l => l.Code == code));
        day.Chrome = await Chrome.StartAsync(Cancel);
        day.Site = await PasskeyTests.OnLocalhostAsync(
            s => s with { Mail = day.Mailbox.Settings },
            new OutboundPolicy { ReservedHosts = day.outlet.Endpoint }
        );
        day.Reader = day.Site.Stranger();
        day.browser = await day.Chrome.ReaderAsync(
            day.Phone ? 390 : 1280,
            day.Phone ? ColorScheme.Dark : ColorScheme.Light
        );
        day.Page = await PasskeyTests.WithAuthenticatorAsync(day.browser, day.problems);
        day.Page.Console += (_, message) => day.problems.Add($"{day.step}: {message.Text}");
        // The browser offers no passkey by itself: the button is pressed.
        await day.Page.AddInitScriptAsync(
            "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = undefined;"
        );
        return day;
    }

    /// <summary>A step of the day; when it fails, it is named.</summary>
    internal async Task StepAsync(string name, Func<Task> take)
    {
        step = name;
        try
        {
            await take();
        }
        catch (Exception e) when (e is not OperationCanceledException || !Cancel.IsCancellationRequested)
        {
            throw new InvalidOperationException($"“{name}” failed in {Code} at {Page.Url}: {e.Message}", e);
        }
        Assert.Empty(problems);
    }

    internal string T(string key) => language.Strings[key];

    internal string Number(long number) => language.Number(number);

    internal string At(string path) => PasskeyTests.At(Site, path);

    internal Task OpenAsync(string address) => TurnAsync(() => Page.GotoAsync(address));

    /// <summary>Follows the link of this name, given as the key of its text.</summary>
    internal Task FollowAsync(string key) => ClickAsync(Page.GetByRole(AriaRole.Link, Named(key)).First);

    internal Task PressAsync(string key) => ClickAsync(Page.GetByRole(AriaRole.Button, Named(key)).First);

    /// <summary>Clicks what leads to another page.</summary>
    internal Task ClickAsync(ILocator place) => TurnAsync(() => place.ClickAsync());

    /// <summary>Presses a key that leads to another page.</summary>
    internal Task KeyAsync(string key) => TurnAsync(() => Page.Keyboard.PressAsync(key));

    internal Task FillAsync(string field, string text) => Page.FillAsync(field, text);

    /// <summary>The text of the page, which a reader has as it is now.</summary>
    internal Task<string> ReadAsync(string path) => Reader.Http.GetStringAsync(path, Cancel);

    internal async Task SaysAsync(string text) =>
        Assert.Contains(text, await Page.InnerTextAsync("main"), StringComparison.Ordinal);

    /// <summary>axe finds nothing on any page of the desk that was seen (WCAG 2.2 AA).</summary>
    internal async Task LookOverAsync()
    {
        foreach (var address in seen.Values.ToList())
        {
            await OpenAsync(address);
            // axe would wait for ever for the mail in its frame, which may run no script.
            await Page.EvaluateAsync("() => document.querySelectorAll('iframe').forEach((frame) => frame.remove())");
            problems.AddRange((await DeskLooks.AxeAsync(Page)).Select(found => $"{address}: {found}"));
        }
    }

    private PageGetByRoleOptions Named(string key) => new() { Name = T(key), Exact = true };

    private async Task TurnAsync(Func<Task> act)
    {
        var turned = new TaskCompletionSource();
        void Loaded(object? sender, IPage page) => turned.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await act();
            await turned.Task.WaitAsync(Patient, Cancel);
        }
        finally
        {
            Page.Load -= Loaded;
        }
        await LookAsync();
    }

    private async Task LookAsync()
    {
        var (where, path) = ($"{step}: {Page.Url}", new Uri(Page.Url).AbsolutePath);
        // The link of the first start has no language yet; the public pages have tests of their own.
        if (
            !path.StartsWith($"{Prefix}/desk", StringComparison.Ordinal)
            && !path.StartsWith($"{Prefix}/account", StringComparison.Ordinal)
        )
        {
            return;
        }
        var measures = await Page.EvaluateAsync<string>(
            "() => { const all = document.documentElement; return `${all.dir} ${all.lang} ${all.scrollWidth <= innerWidth}`; }"
        );
        if (measures != $"{language.Direction} {Code} true")
        {
            problems.Add($"{where} has another direction or language, or scrolls sideways: {measures}");
        }
        if (language != Language.Default)
        {
            var words = await Page.EvaluateAsync<string[]>(OwnWords);
            problems.AddRange(
                words.Where(w => english.Contains(w) || EnglishSentence.IsMatch(w)).Select(w => $"{where} says “{w}”")
            );
        }
        if (path.StartsWith($"{Prefix}/desk", StringComparison.Ordinal))
        {
            // Without its fragment, by which alone no page is loaded.
            seen.TryAdd(Numbers.Replace(path, "#"), Page.Url.Split('#')[0]);
        }
    }

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1_000)]
    private static partial Regex Numbers { get; }

    [GeneratedRegex("[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", RegexOptions.None, 1_000)]
    private static partial Regex EnglishSentence { get; }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        Reader.Dispose();
        await Site.DisposeAsync();
        await outlet.DisposeAsync();
        await Mailbox.DisposeAsync();
    }
}
