using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CyberInsights.Tests.Site;

namespace CyberInsights.Tests.Desk;

/// <summary>A browser without script: keeps cookies, reads pages, fills in their forms. It follows no redirect.</summary>
internal sealed class DeskClient : IDisposable
{
    internal DeskClient(Uri address) =>
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = address,
            DefaultRequestHeaders = { { "Accept", "text/html" } },
        };

    internal CookieContainer Cookies { get; } = new();
    internal HttpClient Http { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, Cancel);

    /// <summary>The page at <paramref name="path"/>, which has to be there.</summary>
    internal async Task<IDocument> PageAsync(string path) =>
        await PageTests.ParseAsync(await Http.GetStringAsync(path, Cancel));

    /// <summary>
    /// Opens <paramref name="page"/>, fills in its form that is sent to <paramref name="action"/> and sends it, with what the form carries
    /// itself: its token, hidden fields, what is chosen already.
    /// </summary>
    internal async Task<HttpResponseMessage> SubmitAsync(
        string page,
        string action,
        params (string Name, string Value)[] fields
    )
    {
        var form = (await PageAsync(page))
            .QuerySelectorAll("form[method=post]")
            .OfType<IHtmlFormElement>()
            .First(f => (f.GetAttribute("action") ?? page) == action);
        var own = form.QuerySelectorAll("input[type=hidden][name]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        return await PostAsync(
            action,
            [.. own.Where(o => fields.All(f => f.Name != o.Key)).Select(o => (o.Key, o.Value)), .. fields]
        );
    }

    /// <summary>Sends exactly these fields.</summary>
    internal Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields) =>
        Http.PostAsync(
            action,
            new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            Cancel
        );

    public void Dispose() => Http.Dispose();
}
