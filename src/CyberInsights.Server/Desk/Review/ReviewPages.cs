using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Review;

/// <summary>The room where people judge statements: the queue, one statement beside its report, what was done.</summary>
internal sealed class ReviewPages(DeskPages pages, ReviewReader reader, StatementDesk desk, SiteCache cache)
{
    private const int Shown = 50;
    private const int MaxPage = 10_000;
    private const int LastActs = 30;

    internal static DeskRoom Room { get; } =
        new(
            "review",
            DeskRight.Review,
            services => services.AddSingleton<ReviewPages>().AddSingleton<ReviewReader>().AddSingleton<StatementDesk>(),
            desk =>
            {
                desk.Page("/desk/review", DeskRight.Review, (ReviewPages p, HttpContext http) => p.ListAsync(http));
                desk.Page(
                    "/desk/review/{id:long}",
                    DeskRight.Review,
                    (ReviewPages p, HttpContext http, long id) => p.ShowAsync(http, id)
                );
                desk.Act(
                    "/desk/review/decide",
                    DeskRight.Review,
                    (ReviewPages p, HttpContext http) => p.DecideAsync(http)
                );
                desk.Act(
                    "/desk/review/correct",
                    DeskRight.Review,
                    (ReviewPages p, HttpContext http) => p.CorrectAsync(http)
                );
                desk.Act("/desk/review/undo", DeskRight.Review, (ReviewPages p, HttpContext http) => p.UndoAsync(http));
            }
        );

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var queue = QueueOf(http.Request.Query["queue"]);
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        var items = await reader.ListAsync(queue, (number - 1) * Shown, Shown + 1, cancel);
        var counts = new Dictionary<ReviewQueue, long>();
        foreach (var each in Enum.GetValues<ReviewQueue>())
        {
            counts[each] = await reader.CountAsync(each, cancel);
        }
        return await pages.ShowAsync<ReviewListView>(
            http,
            "desk.room.review",
            new Dictionary<string, object?>
            {
                [nameof(ReviewListView.Items)] = items.Take(Shown).ToList(),
                [nameof(ReviewListView.More)] = items.Count > Shown,
                [nameof(ReviewListView.Number)] = number,
                [nameof(ReviewListView.Queue)] = queue,
                [nameof(ReviewListView.Counts)] = counts,
                [nameof(ReviewListView.Last)] = await LastAsync(cancel),
                [nameof(ReviewListView.Done)] = DoneOf(http),
            }
        );
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var cancel = http.RequestAborted;
        var item =
            await reader.FindAsync(id, cancel)
            ?? throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no statement {id} any more: its report was edited or recognised anew. Look for it in the queue."
            );
        var (before, after) = await reader.NeighboursAsync(id, cancel);
        return await pages.ShowAsync<ReviewView>(
            http,
            "desk.room.review",
            new Dictionary<string, object?>
            {
                [nameof(ReviewView.Item)] = item,
                [nameof(ReviewView.Before)] = before,
                [nameof(ReviewView.After)] = after,
                [nameof(ReviewView.History)] = await reader.HistoryAsync(id, cancel),
                [nameof(ReviewView.Last)] = await LastAsync(cancel),
                [nameof(ReviewView.Done)] = DoneOf(http),
            },
            title: item.Statement.Speaker
        );
    }

    // "accept" and "reject" mean the statements that are ticked, "accept 7" that one.
    private async Task<IResult> DecideAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var (word, ids) = form["decision"].Split(' ') switch
        {
            [var one, var id] => (one, [id]),
            [var all] => (all, form.All("id")),
            _ => ("", []),
        };
        var numbers = ids.Select(i => long.TryParse(i, CultureInfo.InvariantCulture, out var id) ? id : 0).ToList();
        if (word is not ("accept" or "reject"))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "Neither accept nor reject was chosen, so nothing was changed. Press one of the two buttons."
            );
        }
        var operation = await desk.DecideAsync(
            numbers,
            word == "accept",
            http.DeskUser().Member,
            form.Text("reason").Trim(),
            http.RequestAborted
        );
        return await DoneAsync(http, form, operation);
    }

    private async Task<IResult> CorrectAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var wish = new StatementWish(
            OneLine(form, "speaker"),
            OneLine(form, "role"),
            OneLine(form, "country").ToUpperInvariant(),
            int.TryParse(form["stance"], CultureInfo.InvariantCulture, out var stance) ? (Stance)stance : 0,
            OneLine(form, "target"),
            form.Text("sentence").Trim(),
            form.Text("quote").Trim()
        );
        var operation = await desk.CorrectAsync(
            IdOf(form["id"]),
            wish,
            http.DeskUser().Member,
            form.Text("reason").Trim(),
            http.RequestAborted
        );
        return await DoneAsync(http, form, operation);
    }

    private async Task<IResult> UndoAsync(HttpContext http)
    {
        var form = http.DeskForm();
        await desk.UndoAsync(
            IdOf(form["operation"]),
            http.DeskUser().Member,
            form.Text("reason").Trim(),
            http.RequestAborted
        );
        await cache.EvictAsync(http.RequestAborted);
        return FormPages.SeeOther(http, IdOf(form["next"]) is > 0 and var id ? $"/desk/review/{id}" : "/desk/review");
    }

    // What was rejected is on no page from now on, although the dossier is made anew only a moment later.
    private async Task<IResult> DoneAsync(HttpContext http, FormPost form, long operation)
    {
        await cache.EvictAsync(http.RequestAborted);
        var queue = QueueOf(form["queue"]);
        return FormPages.SeeOther(
            http,
            IdOf(form["next"]) is > 0 and var next
                ? $"/desk/review/{next}?done={operation}"
                : $"/desk/review?queue={queue.ToString().ToLowerInvariant()}&done={operation}"
        );
    }

    private async Task<IReadOnlyList<IReadOnlyList<StatementReview>>> LastAsync(CancellationToken cancel) =>
        [
            .. (await reader.LastAsync(LastActs, cancel))
                .GroupBy(r => r.Operation)
                .Select(IReadOnlyList<StatementReview> (g) => [.. g]),
        ];

    private static string OneLine(FormPost form, string name) => form.Text(name).ReplaceLineEndings(" ").Trim();

    private static long? DoneOf(HttpContext http) => IdOf(http.Request.Query["done"].FirstOrDefault() ?? "");

    private static long IdOf(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static ReviewQueue QueueOf(string? text) =>
        Enum.TryParse<ReviewQueue>(text, ignoreCase: true, out var queue) && Enum.IsDefined(queue)
            ? queue
            : ReviewQueue.Waiting;
}
