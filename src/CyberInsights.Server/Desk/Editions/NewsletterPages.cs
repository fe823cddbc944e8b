using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Server.Site.Letters;

namespace CyberInsights.Server.Desk.Editions;

/// <summary>The list of editions with those who get them, and the page on which one is made.</summary>
internal sealed class NewsletterPages(
    DeskPages pages,
    EditionDesk desk,
    EditionStore editions,
    EditionTrial trial,
    OutboxReader outbox,
    Newsletter newsletter
)
{
    private const int Listed = 40;
    private const int Doubted = 100;

    internal static string Address(long id) => string.Create(CultureInfo.InvariantCulture, $"{EditionRoom.Root}/{id}");

    /// <summary>The revision of which a form was made; 0, which none has, when it does not say.</summary>
    internal static int RevisionOf(FormPost form) =>
        int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision
            : 0;

    internal async Task<IResult> ListAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var newest = await editions.NewestAsync(Listed, cancel);
        return await pages.ShowAsync<NewsletterRoomView>(
            http,
            "desk.room.newsletter",
            new Dictionary<string, object?>
            {
                [nameof(NewsletterRoomView.Editions)] = newest,
                [nameof(NewsletterRoomView.Figures)] = await outbox.OfEditionsAsync(
                    [.. newest.Select(e => e.Id)],
                    cancel
                ),
                [nameof(NewsletterRoomView.Doubtful)] = await outbox.DoubtfulAsync(Doubted, cancel),
                [nameof(NewsletterRoomView.Readers)] = await newsletter.ByLanguageAsync(cancel),
                [nameof(NewsletterRoomView.Counts)] = await newsletter.CountAsync(cancel),
            }
        );
    }

    internal async Task<IResult> ComposeAsync(HttpContext http)
    {
        var frequency = http.DeskForm()["frequency"] switch
        {
            "daily" => Frequency.Daily,
            "weekly" => Frequency.Weekly,
            _ => throw new RefusalException(
                RefusalKind.BadInput,
                "An edition is daily or weekly: none was composed. Go back and press one of the two buttons."
            ),
        };
        return Back(http, await desk.ComposeAsync(frequency, http.DeskUser().Member, http.RequestAborted));
    }

    internal async Task<IResult> ShowAsync(HttpContext http, long id) =>
        await ShowAsync(http, await desk.ReadAsync(id, http.RequestAborted), null);

    // Whoever lost the race to save keeps the words that they wrote.
    private async Task<IResult> ShowAsync(HttpContext http, Edition edition, EditionEdit? lost)
    {
        var cancel = http.RequestAborted;
        var figures = await outbox.OfEditionsAsync([edition.Id], cancel);
        return await pages.ShowAsync<EditionDeskView>(
            http,
            "desk.room.newsletter",
            new Dictionary<string, object?>
            {
                [nameof(EditionDeskView.Edition)] = edition,
                [nameof(EditionDeskView.Texts)] = lost?.Texts ?? edition.Texts,
                [nameof(EditionDeskView.Lost)] = lost is not null,
                [nameof(EditionDeskView.Subjects)] = Language.All.ToDictionary(
                    l => l.Code,
                    l =>
                        trial
                            .Preview(edition with { Texts = new Dictionary<string, EditionText>() }, l.Code, [])
                            .Subject
                ),
                [nameof(EditionDeskView.Readers)] = await newsletter.ByLanguageAsync(cancel),
                [nameof(EditionDeskView.Figures)] = figures.GetValueOrDefault(edition.Id) ?? new EditionFigures(),
                [nameof(EditionDeskView.Done)] = http.Request.Query["done"].FirstOrDefault(),
            },
            lost is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
            EditionWords.Title(DeskPages.LanguageOf(http), edition)
        );
    }

    internal async Task<IResult> SaveAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var edition = await desk.ReadAsync(id, http.RequestAborted);
        var edit = EditOf(form);
        return await desk.EditAsync(
            edition with
            {
                Revision = RevisionOf(form),
            },
            edit,
            http.DeskUser().Member,
            http.RequestAborted
        )
            ? Back(http, id, "saved")
            : await ShowAsync(http, edition, edit);
    }

    internal async Task<IResult> RefreshAsync(HttpContext http, long id)
    {
        await desk.RefreshAsync(id, RevisionOf(http.DeskForm()), http.DeskUser().Member, http.RequestAborted);
        return Back(http, id, "refreshed");
    }

    internal async Task<IResult> DropAsync(HttpContext http, long id)
    {
        await desk.DropAsync(id, RevisionOf(http.DeskForm()), http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, EditionRoom.Root);
    }

    internal static IResult Back(HttpContext http, long id, string? done = null) =>
        FormPages.SeeOther(http, done is null ? Address(id) : $"{Address(id)}?done={done}");

    // Each item has its key, its place and whether it is in; places that are alike keep their old order.
    private static EditionEdit EditOf(FormPost form)
    {
        var (keys, places, chosen) = (form.All("key"), form.All("place"), form.All("in").ToHashSet());
        return new EditionEdit
        {
            Order =
            [
                .. keys.Select((key, i) => (key, Place: PlaceOf(places.ElementAtOrDefault(i))))
                    .OrderBy(k => k.Place)
                    .Select(k => k.key),
            ],
            LeftOut = [.. keys.Where(k => !chosen.Contains(k))],
            Texts = Language
                .All.Select(l =>
                    (
                        l.Code,
                        Text: new EditionText
                        {
                            Subject = form.Text($"subject.{l.Code}").Trim(),
                            Intro = form.Text($"intro.{l.Code}").Trim(),
                        }
                    )
                )
                .Where(t => t.Text.Subject.Length > 0 || t.Text.Intro.Length > 0)
                .ToDictionary(t => t.Code, t => t.Text),
        };
    }

    private static int PlaceOf(string? written) =>
        int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue;
}
