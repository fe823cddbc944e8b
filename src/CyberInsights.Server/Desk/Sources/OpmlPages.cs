using System.Text;
using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Net;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>The sources as an OPML file, and such a file taken in: what it would add is shown before anything is added.</summary>
internal sealed class OpmlPages(
    DeskPages pages,
    SourceStore sources,
    SourceDeeds deeds,
    GuardedHttp guarded,
    TimeProvider clock
)
{
    internal async Task<IResult> SendAsync(HttpContext http) =>
        Results.File(
            OpmlWriter.Write(await sources.AllAsync(http.RequestAborted), clock.GetUtcNow()),
            "text/x-opml",
            "sources.opml"
        );

    /// <summary>Shows what a file would add; adds it when it is the list that was shown.</summary>
    internal async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var shown = form["list"];
        var list = Read(shown.Length > 0 ? Encoding.UTF8.GetBytes(shown) : await BytesAsync(form, http.RequestAborted));
        var plan = OpmlImport.Plan(list, await sources.AllAsync(http.RequestAborted), guarded);
        foreach (var source in plan.Added)
        {
            ItemRules.Of(source);
        }
        if (shown.Length > 0)
        {
            await deeds.AddAsync(http.DeskUser().Member, plan.Added, "OPML", http.RequestAborted);
            return FormPages.SeeOther(http, "/desk/sources");
        }
        return await pages.ShowAsync<OpmlPlanView>(
            http,
            "desk.sources.plan",
            new Dictionary<string, object?>
            {
                [nameof(OpmlPlanView.Plan)] = plan,
                [nameof(OpmlPlanView.Warnings)] = list.Warnings,
                [nameof(OpmlPlanView.List)] = Encoding.UTF8.GetString(OpmlWriter.Write(plan.Added, clock.GetUtcNow())),
            }
        );
    }

    private static OpmlFile Read(byte[] body) =>
        OpmlReader.Read(body, out var refusal) ?? throw new RefusalException(RefusalKind.BadInput, refusal!.Sentence);

    private static async Task<byte[]> BytesAsync(FormPost form, CancellationToken cancel)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "No file came with the form: nothing was added. Go back and choose an OPML file, as feed readers export it."
            );
        }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
