using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CyberInsights.Edit;
using CyberInsights.Publish.Checking;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>Where an article is looked over and goes out, is put right, or taken off the site.</summary>
internal sealed class PublishPages(
    DeskPages pages,
    ArticleDesk desk,
    ArticlePress press,
    ArticleChecker checker,
    ArticlePartReader parts,
    ArticleSignal signal,
    CurrentSettings current
)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var work = await desk.ReadAsync(id, http.RequestAborted);
        return await pages.ShowAsync<ArticlePublishView>(
            http,
            "desk.publish",
            new Dictionary<string, object?>
            {
                [nameof(ArticlePublishView.Work)] = work,
                [nameof(ArticlePublishView.Findings)] = await checker.CheckAsync(work, http.RequestAborted),
                [nameof(ArticlePublishView.Code)] = await press.CodeAsync(id, http.RequestAborted),
                [nameof(ArticlePublishView.Corrections)] = await parts.CorrectionsAsync(id, http.RequestAborted),
            },
            title: work.Title
        );
    }

    internal async Task<IResult> PublishAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var work = await desk.ReadAsync(id, http.RequestAborted);
        var zone = form["zone"].Length > 0 ? form["zone"] : "UTC";
        var later = form["when"] == "later" ? new ArticleSlot(LocalTime.Of(form["at"], zone), zone) : null;
        var stops = (await checker.CheckAsync(work, http.RequestAborted)).Count(f => f.Verdict == Verdict.Stop);
        if (stops > 0)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{stops} of the checks stop this article, so it did not go out. Go back to see which, and put the text right."
            );
        }
        await press.PublishAsync(
            id,
            ArticlePages.VersionOf(form),
            later,
            current.Now.SecondReader,
            http.DeskUser().Member,
            http.RequestAborted
        );
        return await DoneAsync(http, id);
    }

    internal async Task<IResult> ApproveAsync(HttpContext http, long id)
    {
        var version = ArticlePages.VersionOf(http.DeskForm());
        await press.ApproveAsync(id, version, http.DeskUser().Member, http.RequestAborted);
        return Back(http, id);
    }

    internal async Task<IResult> EmbargoAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var until = form["at"].Length > 0 ? LocalTime.Of(form["at"], form["zone"]) : (DateTimeOffset?)null;
        var zone = until is null ? "UTC" : form["zone"];
        await press.EmbargoAsync(id, until, zone, http.DeskUser().Member, http.RequestAborted);
        return Back(http, id);
    }

    internal async Task<IResult> CorrectAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var kind = form["kind"] switch
        {
            "clarification" => CorrectionKind.Clarification,
            "retraction" => CorrectionKind.Retraction,
            _ => CorrectionKind.Correction,
        };
        await press.CorrectAsync(
            id,
            kind,
            form.Text("text").Trim(),
            ReasonOf(form),
            http.DeskUser().Member,
            http.RequestAborted
        );
        return await DoneAsync(http, id);
    }

    internal async Task<IResult> UnpublishAsync(HttpContext http, long id)
    {
        await press.UnpublishAsync(id, ReasonOf(http.DeskForm()), http.DeskUser().Member, http.RequestAborted);
        return await DoneAsync(http, id);
    }

    internal async Task<IResult> ReviewAsync(HttpContext http, long id)
    {
        var version = ArticlePages.VersionOf(http.DeskForm());
        await press.ReviewAsync(id, version, http.DeskUser().Member, http.RequestAborted);
        return await DoneAsync(http, id);
    }

    internal async Task<IResult> LinkAsync(HttpContext http, long id)
    {
        await press.LinkAsync(id, http.DeskUser().Member, http.RequestAborted);
        return Back(http, id);
    }

    internal async Task<IResult> UnlinkAsync(HttpContext http, long id)
    {
        await press.UnlinkAsync(id, http.DeskUser().Member, http.RequestAborted);
        return Back(http, id);
    }

    /// <summary>What machines made of published articles, who read that and when: a line of JSON each, the oldest first.</summary>
    internal async Task<IResult> MachineTextAsync(HttpContext http)
    {
        http.Response.Headers.ContentDisposition = "attachment; filename=\"machine-text.jsonl\"";
        http.Response.ContentType = "application/jsonl; charset=utf-8";
        await foreach (var article in parts.MachineMadeAsync(http.RequestAborted))
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line, Json))
            {
                json.WriteStartObject();
                json.WriteString("article", new Uri(current.Now.BaseAddress, $"/articles/{article.Slug}").AbsoluteUri);
                json.WriteString("title", article.Title);
                json.WriteNumber("revision", article.Revision);
                json.WriteString("state", article.State.ToString().ToLowerInvariant());
                json.WriteString("made", article.Machine);
                json.WriteString("language", article.Language);
                json.WriteString("reviewer", article.Reviewer.Length > 0 ? article.Reviewer : null);
                json.WriteString("reviewed_at", article.ReviewedAt?.UtcDateTime.ToString("O"));
                json.WriteEndObject();
            }
            await http.Response.Body.WriteAsync(line.ToArray().Append((byte)'\n').ToArray(), http.RequestAborted);
        }
        return Results.Empty;
    }

    private static string ReasonOf(FormPost form) =>
        ArticlePages.Line(form, "reason") is { Length: > 0 } reason
            ? reason
            : throw new RefusalException(
                RefusalKind.BadInput,
                "This needs a reason. Nothing was changed. Go back and say in a sentence why."
            );

    // Readers see it from now on.
    private async Task<IResult> DoneAsync(HttpContext http, long id)
    {
        await signal.RaiseAsync(http.RequestAborted);
        return Back(http, id);
    }

    private static IResult Back(HttpContext http, long id) =>
        FormPages.SeeOther(http, $"{ArticlePages.Address(id)}/publish");
}
