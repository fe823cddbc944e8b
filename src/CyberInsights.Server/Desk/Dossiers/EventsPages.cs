using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Dossiers;

/// <summary>The room where members edit dossiers: a list, and one event with all that can be changed of it.</summary>
internal sealed class EventsPages(DeskPages pages, EventFileReader reader, EventLineReader events, DossierDesk desk)
{
    private const int Shown = 50;
    private const int MaxPage = 10_000;

    internal static DeskRoom Room { get; } =
        new(
            "events",
            DeskRight.Review,
            services =>
                services.AddSingleton<EventsPages>().AddSingleton<EventFileReader>().AddSingleton<DossierDesk>(),
            desk =>
            {
                desk.Page("/desk/events", DeskRight.Review, (EventsPages p, HttpContext http) => p.ListAsync(http));
                desk.Page(
                    "/desk/events/{slug:maxlength(200)}",
                    DeskRight.Review,
                    (EventsPages p, HttpContext http, string slug) => p.ShowAsync(http, slug)
                );
                desk.Act(
                    "/desk/events/{slug:maxlength(200)}/{act:maxlength(20)}",
                    DeskRight.Review,
                    (EventsPages p, HttpContext http, string slug, string act) => p.ActAsync(http, slug, act)
                );
            }
        );

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var words = http.Request.Query["q"].FirstOrDefault()?.Trim() is { Length: <= 200 } given ? given : "";
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        var events = await reader.ListAsync(words, (number - 1) * Shown, Shown + 1, http.RequestAborted);
        return await pages.ShowAsync<EventListView>(
            http,
            "desk.room.events",
            new Dictionary<string, object?>
            {
                [nameof(EventListView.Events)] = events.Take(Shown).ToList(),
                [nameof(EventListView.More)] = events.Count > Shown,
                [nameof(EventListView.Number)] = number,
                [nameof(EventListView.Words)] = words,
            }
        );
    }

    // An event that was merged leads to the other, as it does for readers.
    private async Task<IResult> ShowAsync(HttpContext http, string slug)
    {
        if (await events.MovedToAsync(slug, http.RequestAborted) is { } now)
        {
            return FormPages.SeeOther(http, $"/desk/events/{now}");
        }
        var file = await FindAsync(slug, http.RequestAborted);
        return await pages.ShowAsync<EventEditView>(
            http,
            "desk.room.events",
            new Dictionary<string, object?> { [nameof(EventEditView.File)] = file },
            title: file.Event.Title
        );
    }

    private async Task<IResult> ActAsync(HttpContext http, string slug, string act)
    {
        var form = http.DeskForm();
        var file = await FindAsync(slug, http.RequestAborted);
        var (member, why, cancel) = (http.DeskUser().Member, form.Text("reason").Trim(), http.RequestAborted);
        var id = file.Event.Id;
        var there = slug;
        await (
            act switch
            {
                "title" => desk.TitleAsync(id, Given(form, "title"), LanguageOf(form), member, why, cancel),
                "state" => desk.StateAsync(id, StateOf(form["state"]), member, why, cancel),
                "summary" => desk.SummaryAsync(id, SentencesOf(form, file), member, why, cancel),
                "source" => desk.SourceAsync(id, Given(form, "address"), member, why, cancel),
                "lock" => desk.LockAsync(id, !file.Event.Locked, member, why, cancel),
                "merge" => MergeAsync(),
                "split" => desk.SplitAsync(id, [.. form.All("report").Select(NumberOf)], member, why, cancel),
                "move" => MoveAsync(),
                "undo" => desk.UndoAsync(NumberOf(form["edit"]), member, why, cancel),
                _ => throw new RefusalException(
                    RefusalKind.NotFound,
                    $"Nothing of the name “{act}” can be done to an event, so nothing was changed. Use the forms of its page."
                ),
            }
        );
        return FormPages.SeeOther(http, $"/desk/events/{there}#history");

        async Task<long> MergeAsync()
        {
            var into = await OtherAsync(form["into"], cancel);
            there = EventFileReader.SlugOf(form["into"]);
            return await desk.MergeAsync(id, into, member, why, cancel);
        }

        async Task<long> MoveAsync() =>
            form.All("report") is [var one]
                ? await desk.MoveAsync(id, NumberOf(one), await OtherAsync(form["into"], cancel), member, why, cancel)
                : throw new RefusalException(
                    RefusalKind.BadInput,
                    "One report at a time can be moved to another event. Nothing was changed. Tick one report."
                );
    }

    private async Task<EventFile> FindAsync(string slug, CancellationToken cancel) =>
        await reader.FindAsync(slug, cancel)
        ?? throw new RefusalException(
            RefusalKind.NotFound,
            $"There is no event “{slug}”: it never was, it was merged into another, or it is not published yet. Look for it in the list."
        );

    private async Task<long> OtherAsync(string address, CancellationToken cancel) =>
        await reader.IdAsync(address, cancel)
        ?? throw new RefusalException(
            RefusalKind.BadInput,
            $"There is no event at “{address.Trim()}”. Nothing was changed. Paste the address of the other event."
        );

    // A sentence for each number that was written, in the order of the numbers.
    private static IReadOnlyList<ChosenSentence> SentencesOf(FormPost form, EventFile file) =>
        [
            .. form.All("sentence")
                .Zip(form.All("order"))
                .Where(s => NumberOf(s.Second) > 0)
                .OrderBy(s => NumberOf(s.Second))
                .Select(s =>
                    file.Candidates.FirstOrDefault(c => EventEditView.KeyOf(c) == s.First)
                    ?? throw new RefusalException(
                        RefusalKind.BadInput,
                        "A sentence that was chosen is not offered any more, as a report was edited or moved. Nothing was changed. Load the page again and choose anew."
                    )
                ),
        ];

    private static string? Given(FormPost form, string name) =>
        form.Text(name).ReplaceLineEndings(" ").Trim() is { Length: > 0 } text ? text : null;

    private static string LanguageOf(FormPost form) =>
        Language.All.FirstOrDefault(l => l.Code == form["language"])?.Code ?? Language.Default.Code;

    private static EventState? StateOf(string text) =>
        text.Length == 0 ? null
        : int.TryParse(text, CultureInfo.InvariantCulture, out var state) ? (EventState)state
        : (EventState)0;

    private static long NumberOf(string? text) =>
        long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
