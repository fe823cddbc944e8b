using System.Globalization;
using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Extract.SourceEdits;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>What a source's page shows besides its fields.</summary>
public sealed record SourceNews(
    IReadOnlyList<SourceEditLine> Edits,
    IReadOnlyList<WalledReport> Walls,
    IReadOnlyList<LeftOutItem> LeftOut,
    IReadOnlyList<AuditEntry> Deeds
);

/// <summary>Reads <see cref="SourceNews"/>.</summary>
internal sealed class SourceNewsReader(SourceEditReader edits, WallStore walls, LeftOutStore leftOut, AuditLog log)
{
    private const int Shown = 10;

    internal async Task<SourceNews> ReadAsync(Source source, CancellationToken cancel) =>
        new(
            await edits.NewestAsync(source.Id, null, Shown, cancel),
            await walls.NewestAsync(source.Id, Shown, cancel),
            await leftOut.NewestAsync(source.Id, Shown, cancel),
            await log.OfAsync(SourceDeeds.Subject, source.Key, Shown, cancel)
        );
}

/// <summary>A source as it was tried or tested.</summary>
/// <param name="Test">Null: its rules were only tried.</param>
internal sealed record SourceLook(Source Source, SourceTest? Test = null);

/// <summary>One source: its fields and rules, what became of them, a test, and the end.</summary>
internal sealed class OneSourcePages(
    DeskPages pages,
    SourceReader reader,
    SourceNewsReader news,
    SnapshotStore snapshots,
    SourceDeeds deeds,
    SourceLooks looks,
    GuardedHttp guarded,
    TimeProvider clock
)
{
    internal async Task<IResult> ShowAsync(HttpContext http, string key)
    {
        var line = await LineAsync(key, http.RequestAborted);
        var look = looks.Find<SourceLook>(http.DeskUser().AccountId, http.Request.Query["look"]);
        // The key may be another source's by now.
        return look?.Source.Id != line.Source.Id ? await ShowAsync(http, line, null)
            : look.Test is { } test ? await TestedAsync(http, line.Source, test)
            : await ShowAsync(http, line, look.Source);
    }

    internal async Task<IResult> ActAsync(HttpContext http, string key)
    {
        var (form, member, cancel) = (http.DeskForm(), http.DeskUser().Member, http.RequestAborted);
        switch (form["do"])
        {
            case "preview":
                var line = await LineAsync(key, cancel);
                var tried = SourceForm.Read(form).ApplyTo(line.Source);
                ItemRules.Of(tried);
                return Kept(http, new SourceLook(tried));
            case "save":
                await deeds.ChangeAsync(member, key, SourceForm.Read(form), form.Text("reason"), cancel);
                break;
            case "test":
                var tested = (await LineAsync(key, cancel)).Source;
                return Kept(http, new SourceLook(tested, await SourceTest.RunAsync(tested, guarded, clock, cancel)));
            case "undo" when long.TryParse(form["entry"], CultureInfo.InvariantCulture, out var entry):
                await deeds.UndoAsync(member, [entry], cancel);
                break;
            case "delete":
                await deeds.DeleteAsync(member, key, form["typed"].Trim(), form.Text("reason"), cancel);
                return FormPages.SeeOther(http, "/desk/sources");
            default:
                throw new RefusalException(
                    RefusalKind.BadInput,
                    "The form names nothing that can be done: nothing was changed. Load the page again and repeat it."
                );
        }
        return FormPages.SeeOther(http, Address(key));
    }

    private IResult Kept(HttpContext http, SourceLook look) =>
        FormPages.SeeOther(http, $"{Address(look.Source.Key)}?look={looks.Keep(http.DeskUser().AccountId, look)}");

    private static string Address(string key) => $"/desk/sources/{Uri.EscapeDataString(key)}";

    /// <param name="tried">The source with rules that are tried out; null: none are.</param>
    private async Task<IResult> ShowAsync(HttpContext http, SourceLine line, Source? tried) =>
        await pages.ShowAsync<OneSourceView>(
            http,
            "desk.room.sources",
            new Dictionary<string, object?>
            {
                [nameof(OneSourceView.Line)] = line,
                [nameof(OneSourceView.News)] = await news.ReadAsync(line.Source, http.RequestAborted),
                [nameof(OneSourceView.Tried)] = tried,
                [nameof(OneSourceView.WouldLeaveOut)] = tried is null
                    ? null
                    : await WouldLeaveOutAsync(tried, http.RequestAborted),
            },
            title: line.Source.Name
        );

    /// <summary>What the rules of a source would leave out of its newest document; null when none is kept that can be read.</summary>
    private async Task<IReadOnlyList<(string Title, string Reason)>?> WouldLeaveOutAsync(
        Source source,
        CancellationToken cancel
    )
    {
        if (await snapshots.NewestDocumentAsync(source.Id, cancel) is not { } newest)
        {
            return null;
        }
        var how = new ReadingRule(source.Kind, source.Rule);
        var feed = ListReader.Read(
            newest.Body,
            newest.ContentType,
            new Uri(newest.Address),
            how,
            newest.FetchedAt,
            out _
        );
        return feed is null ? null : ItemRules.Of(source)?.LeftOut(source, feed, newest.FetchedAt) ?? [];
    }

    private async Task<IResult> TestedAsync(HttpContext http, Source source, SourceTest test) =>
        await pages.ShowAsync<SourceTestView>(
            http,
            "desk.sources.test",
            new Dictionary<string, object?>
            {
                [nameof(SourceTestView.Source)] = source,
                [nameof(SourceTestView.Test)] = test,
            },
            title: source.Name
        );

    private async Task<SourceLine> LineAsync(string key, CancellationToken cancel) =>
        await reader.LineAsync(key, cancel)
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"There is no source {key}: nothing was shown. It may have been deleted; the list shows those there are."
        );
}
