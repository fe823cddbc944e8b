using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Extract.Discovery;
using CyberInsights.Net;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>Adding a source: an address is pasted, what can be read behind it is shown, one is looked at closer and added.</summary>
internal sealed class NewSourcePages(
    DeskPages pages,
    SourceStore sources,
    SourceDeeds deeds,
    GuardedHttp guarded,
    CaptureLimits limits,
    TimeProvider clock
)
{
    private const int Previewed = 10;

    internal Task<IResult> ShowAsync(HttpContext http) => ShowAsync(http, "", null, null, null);

    internal async Task<IResult> ActAsync(HttpContext http)
    {
        var (form, cancel) = (http.DeskForm(), http.RequestAborted);
        switch (form["do"])
        {
            case "find":
                var pasted = form.Text("pasted").Trim();
                var found = await new FeedFinder(guarded, clock, limits).FindAsync(pasted, cancel);
                return await ShowAsync(http, pasted, found, null, null);
            case "preview":
                var source = await NewAsync(form, cancel);
                var preview = await SourcePreview.FetchAsync(source, guarded, clock.GetUtcNow(), Previewed, cancel);
                // What the document says of itself, until a person says otherwise.
                var named = source with
                {
                    Name = preview.Title ?? source.Name,
                    Language = preview.Newest is [var first, ..] ? first.Language : null,
                };
                return await ShowAsync(http, source.Address, null, named, preview);
            case "add":
                var added = SourceForm.Read(form).ApplyTo(await NewAsync(form, cancel));
                await deeds.AddAsync(http.DeskUser().Member, [added], form.Text("reason"), cancel);
                return FormPages.SeeOther(http, $"/desk/sources/{added.Key}");
            default:
                throw new RefusalException(
                    RefusalKind.BadInput,
                    "The form names nothing that can be done: nothing was added. Load the page again and repeat it."
                );
        }
    }

    private async Task<Source> NewAsync(FormPost form, CancellationToken cancel)
    {
        var address = form["address"].Trim();
        sources.RefuseAddress(address);
        var wanted = form["wanted"].Trim();
        return new Source
        {
            Key = SourceKeys.New(wanted.Length == 0 ? null : wanted, address, await sources.AllAsync(cancel)),
            Name = new Uri(address).Host,
            Address = address,
            Kind = form["kind"] == "sitemap" ? SourceKind.Sitemap : SourceKind.Feed,
        };
    }

    private Task<IResult> ShowAsync(
        HttpContext http,
        string pasted,
        FoundFeeds? found,
        Source? source,
        SourcePreview? preview
    ) =>
        pages.ShowAsync<NewSourceView>(
            http,
            "desk.sources.new",
            new Dictionary<string, object?>
            {
                [nameof(NewSourceView.Pasted)] = pasted,
                [nameof(NewSourceView.Found)] = found,
                [nameof(NewSourceView.Source)] = source,
                [nameof(NewSourceView.Preview)] = preview,
            }
        );
}
