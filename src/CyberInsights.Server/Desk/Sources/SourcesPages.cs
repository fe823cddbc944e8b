using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace CyberInsights.Server.Desk.Sources;

/// <summary>The list of sources: what needs somebody, and what can be done to several at once.</summary>
internal sealed class SourcesPages(
    DeskPages pages,
    SourceReader reader,
    SourceRecordReader records,
    SourceDeeds deeds,
    Database database
)
{
    // As many as rows of a page, each with an entry.
    private const int MaxDone = 50;

    internal async Task<IResult> ShowAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var page = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        var done = await AuditLog.FindAsync(database, Ids(http.Request.Query["done"].ToString()), cancel);
        var list = await reader.ListAsync(FilterOf(http.Request.Query), ListPage.Clamp(page), cancel);
        return await pages.ShowAsync<SourcesView>(
            http,
            "desk.room.sources",
            new Dictionary<string, object?>
            {
                [nameof(SourcesView.Model)] = list,
                [nameof(SourcesView.Own)] = await records.OwnAsync(
                    [.. list.Lines.Items.Select(l => l.Source.Id)],
                    cancel
                ),
                [nameof(SourcesView.Done)] = done.Where(e => e.SubjectKind == SourceDeeds.Subject).ToList(),
            }
        );
    }

    /// <summary>What a button of a row does to it, or one below the list to the rows that are chosen.</summary>
    internal async Task<IResult> ActAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var one = form["one"].Split(':', 2);
        var verb = one is [var only, _] ? only : form["do"];
        IReadOnlyList<string> keys = one is [_, var key] ? [key] : form.All("key");
        IReadOnlyList<long> done = [];
        if (verb == "undo")
        {
            await deeds.UndoAsync(http.DeskUser().Member, Ids(form["done"]), http.RequestAborted);
        }
        else
        {
            done = await DoAsync(http, verb, keys);
        }
        var back = Query(FilterOf(new QueryCollection(QueryHelpers.ParseQuery(form["back"]))), done);
        return FormPages.SeeOther(http, $"/desk/sources{back}");
    }

    private async Task<IReadOnlyList<long>> DoAsync(HttpContext http, string verb, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "No source is chosen: nothing was changed. Go back and tick the sources that are meant."
            );
        }
        var (member, cancel) = (http.DeskUser().Member, http.RequestAborted);
        return verb switch
        {
            "pause" => await deeds.SetStateAsync(member, keys, SourceState.Paused, cancel),
            "resume" => await deeds.SetStateAsync(member, keys, SourceState.Active, cancel),
            "read-now" => await deeds.ReadNowAsync(member, keys, cancel),
            _ => throw new RefusalException(
                RefusalKind.BadInput,
                "The form names nothing that can be done: nothing was changed. Load the page again and repeat it."
            ),
        };
    }

    /// <summary>The query of the list with this filter, and the entries of what was just done.</summary>
    internal static string Query(SourceFilter filter, IReadOnlyList<long>? done = null) =>
        QueryString
            .Create(
                new Dictionary<string, string?>
                {
                    ["q"] = filter.Words,
                    ["state"] = filter.State?.ToString(),
                    ["label"] = filter.Label,
                    ["needs"] = filter.Alarmed ? "1" : null,
                    ["done"] = done is { Count: > 0 } ? string.Join('.', done) : null,
                }.Where(p => p.Value is not null)
            )
            .Value
        ?? "";

    private static SourceFilter FilterOf(IQueryCollection query) =>
        new(Given(query, "q"), null, null, Given(query, "label"))
        {
            State =
                Enum.TryParse<SourceState>(Given(query, "state"), out var state)
                && state is SourceState.Active or SourceState.Paused or SourceState.Retired
                    ? state
                    : null,
            Alarmed = query["needs"] == "1",
        };

    private static string? Given(IQueryCollection query, string name) =>
        query[name].FirstOrDefault()?.Trim() is { Length: > 0 and <= SourceFilter.MaxCharacters } value ? value : null;

    private static IReadOnlyList<long> Ids(string written) =>
        [
            .. written
                .Split('.', StringSplitOptions.RemoveEmptyEntries)
                .Take(MaxDone)
                .Select(id => long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : 0)
                .Where(id => id > 0),
        ];
}
