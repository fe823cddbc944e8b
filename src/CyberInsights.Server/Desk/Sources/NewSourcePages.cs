using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Extract.Discovery;
using CyberInsights.Net;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>What was found or looked at before a source is added.</summary>
/// <param name="Pasted">The address it began with.</param>
/// <param name="Found">What can be read behind it; null: that was not asked.</param>
/// <param name="Source">The one that is looked at, as it would be added.</param>
public sealed record NewSourceLook(
    string Pasted,
    FoundFeeds? Found = null,
    Source? Source = null,
    SourcePreview? Preview = null
);

/// <summary>
/// Adding a source: an address is pasted, what can be read behind it is shown, one is looked at closer and added; or a page or JSON is read by
/// a rule.
/// </summary>
internal sealed class NewSourcePages(
    DeskPages pages,
    SourceStore sources,
    SourceDeeds deeds,
    SourceLooks looks,
    GuardedHttp guarded,
    CaptureLimits limits,
    TimeProvider clock
)
{
    internal const string Address = "/desk/sources/_new";

    /// <summary>The most characters of a rule.</summary>
    internal const int MaxRule = 10_000;

    private const int Previewed = 10;

    internal Task<IResult> ShowAsync(HttpContext http) =>
        pages.ShowAsync<NewSourceView>(
            http,
            "desk.sources.new",
            new Dictionary<string, object?>
            {
                [nameof(NewSourceView.Look)] =
                    looks.Find<NewSourceLook>(http.DeskUser().AccountId, http.Request.Query["look"])
                    ?? new NewSourceLook(""),
            }
        );

    internal async Task<IResult> ActAsync(HttpContext http)
    {
        var (form, cancel) = (http.DeskForm(), http.RequestAborted);
        switch (form["do"])
        {
            case "find":
                var pasted = form.Text("pasted").Trim();
                var found = await new FeedFinder(guarded, clock, limits).FindAsync(pasted, cancel);
                return Kept(http, new NewSourceLook(pasted, found));
            case "preview":
                var source = await NewAsync(form, cancel);
                var preview = await SourcePreview.FetchAsync(source, guarded, clock.GetUtcNow(), Previewed, cancel);
                // What the document says of itself, until a person says otherwise.
                var named = source with
                {
                    Name = preview.Title ?? source.Name,
                    Language = preview.Newest is [var first, ..] ? first.Language : null,
                };
                return Kept(http, new NewSourceLook(source.Address, null, named, preview));
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
        var how = HowOf(form);
        return new Source
        {
            Key = SourceKeys.New(wanted.Length == 0 ? null : wanted, address, await sources.AllAsync(cancel)),
            Name = new Uri(address).Host,
            Address = address,
            Kind = how.Kind,
            Rule = how.Rule,
        };
    }

    private static ReadingRule HowOf(FormPost form)
    {
        var rule = form.Text("rule").Trim();
        if (rule.Length > MaxRule)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The rule has more than {MaxRule:N0} characters: nothing was read. Write the rule alone, as docs/extending.md describes."
            );
        }
        var how =
            rule.Length > 0
                ? new ReadingRule(ReadingRule.KindOf(rule), rule)
                : new ReadingRule(
                    form["kind"] switch
                    {
                        "sitemap" => SourceKind.Sitemap,
                        // By a rule that is missing: its check says so.
                        "page" => SourceKind.Page,
                        _ => SourceKind.Feed,
                    }
                );
        how.Check();
        return how;
    }

    private IResult Kept(HttpContext http, NewSourceLook look) =>
        FormPages.SeeOther(http, $"{Address}?look={looks.Keep(http.DeskUser().AccountId, look)}");
}
