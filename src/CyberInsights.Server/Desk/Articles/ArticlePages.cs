using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>The list of articles, a new one, and the page on which one is written.</summary>
internal sealed class ArticlePages(
    DeskPages pages,
    ArticleDesk desk,
    ArticleAlbum album,
    ArticleReader articles,
    DossierReader dossiers,
    StatementReader statements,
    TopicReader topics,
    TagReader tags
)
{
    private const int Shown = 50;
    private const int MaxPage = 10_000;
    private const int MaxEvents = 6;
    private const int MaxStatements = 40;
    private const int MaxSuggested = 300;

    internal static string Address(long id) => string.Create(CultureInfo.InvariantCulture, $"/desk/articles/{id}");

    internal async Task<IResult> ListAsync(HttpContext http)
    {
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        var works = await desk.ListAsync((number - 1) * Shown, Shown + 1, http.RequestAborted);
        return await pages.ShowAsync<ArticleListView>(
            http,
            "desk.room.articles",
            new Dictionary<string, object?>
            {
                [nameof(ArticleListView.Works)] = works.Take(Shown).ToList(),
                [nameof(ArticleListView.More)] = works.Count > Shown,
                [nameof(ArticleListView.Number)] = number,
            }
        );
    }

    internal async Task<IResult> NewAsync(HttpContext http)
    {
        var slug = http.Request.Query["event"].FirstOrDefault() ?? "";
        var dossier = slug.Length is > 0 and <= 200 ? await dossiers.FindAsync(slug, http.RequestAborted) : null;
        return await pages.ShowAsync<ArticleNewView>(
            http,
            "desk.articles.new",
            new Dictionary<string, object?> { [nameof(ArticleNewView.Event)] = dossier?.Event }
        );
    }

    internal async Task<IResult> BeginAsync(HttpContext http)
    {
        var form = http.DeskForm();
        var dossier = ArticleWork.List(Slugs(form["event"])) is [var slug, ..]
            ? await dossiers.FindAsync(slug, http.RequestAborted)
            : null;
        var title = Line(form, "title");
        if (title.Length == 0)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                "An article needs a working title. Nothing was begun. Go back and write one; it can be changed."
            );
        }
        var work = new ArticleWork
        {
            Title = title,
            Author = http.DeskUser().Name,
            Language = Language.All.Any(l => l.Code == form["language"]) ? form["language"] : Language.Default.Code,
        };
        if (dossier is not null)
        {
            work = work with
            {
                Events = dossier.Event.Slug,
                Topics = string.Join(' ', dossier.Event.Topics.Select(t => t.Slug)),
                Markdown = ArticleSkeleton.Of(dossier, Language.All.First(l => l.Code == work.Language)),
            };
        }
        return FormPages.SeeOther(
            http,
            Address(await desk.BeginAsync(work, http.DeskUser().Member, http.RequestAborted))
        );
    }

    internal async Task<IResult> EditAsync(HttpContext http, long id) =>
        await ShowAsync(http, await desk.ReadAsync(id, http.RequestAborted));

    /// <summary>The page with what was sent, of which nothing is saved.</summary>
    internal async Task<IResult> PreviewAsync(HttpContext http, long id)
    {
        var stored = await desk.ReadAsync(id, http.RequestAborted);
        var form = http.DeskForm();
        return await ShowAsync(http, Sent(form, stored) with { Version = VersionOf(form) });
    }

    internal async Task<IResult> SaveAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        var work = Sent(form, await desk.ReadAsync(id, http.RequestAborted));
        var byItself = form["auto"] == "1";
        if (form["insert"] is { Length: > 0 and <= 300 } insert)
        {
            work = work with { Markdown = $"{work.Markdown.TrimEnd()}\n\n{insert.ReplaceLineEndings("\n")}\n" };
        }
        var saved = await desk.SaveAsync(work, VersionOf(form), !byItself, http.DeskUser().Member, http.RequestAborted);
        if (byItself)
        {
            return Results.Text(
                (saved.Aside ?? saved.Version).ToString(CultureInfo.InvariantCulture),
                statusCode: saved.Aside is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict
            );
        }
        return FormPages.SeeOther(
            http,
            saved.Aside is { } number ? $"{Address(id)}/revisions/{number}" : $"{Address(id)}?saved=1"
        );
    }

    /// <summary>A field of one line.</summary>
    internal static string Line(FormPost form, string name) => form.Text(name).ReplaceLineEndings(" ").Trim();

    internal static int VersionOf(FormPost form) =>
        int.TryParse(form["version"], CultureInfo.InvariantCulture, out var version) ? version : -1;

    private static ArticleWork Sent(FormPost form, ArticleWork stored) =>
        stored with
        {
            Title = Line(form, "title"),
            Deck = Line(form, "deck"),
            Slug = Line(form, "slug"),
            Author = Line(form, "author"),
            Language = Language.All.Any(l => l.Code == form["language"]) ? form["language"] : stored.Language,
            Topics = Slugs(string.Join(' ', form.All("topic"))),
            Events = Slugs(form.Text("events")),
            Tags = ArticleTags.Lines(form.All("tag")),
            Lead = Line(form, "lead"),
            Machine = Line(form, "machine"),
            Markdown = form.Text("markdown"),
        };

    // Addresses of events are taken as what they name: people paste.
    private static string Slugs(string written) =>
        string.Join(
            ' ',
            written
                .Split([' ', '\n', '\t', ','], StringSplitOptions.RemoveEmptyEntries)
                .Select(EventFileReader.SlugOf)
                .Where(s => s.Length is > 0 and <= 200)
                .Distinct()
                .Take(20)
        );

    private async Task<IResult> ShowAsync(HttpContext http, ArticleWork work)
    {
        var cancel = http.RequestAborted;
        var events = await articles.EventsAsync(ArticleWork.List(work.Events), cancel);
        var (preview, trouble) = await PreviewedAsync(work, cancel);
        return await pages.ShowAsync<ArticleEditView>(
            http,
            "desk.articles.edit",
            new Dictionary<string, object?>
            {
                [nameof(ArticleEditView.Work)] = work,
                [nameof(ArticleEditView.Preview)] = preview,
                [nameof(ArticleEditView.Trouble)] = trouble,
                [nameof(ArticleEditView.Saved)] = http.Request.Query.ContainsKey("saved"),
                [nameof(ArticleEditView.Topics)] = await topics.AllAsync(cancel),
                [nameof(ArticleEditView.Tags)] = await tags.NewestAsync(MaxSuggested, cancel),
                [nameof(ArticleEditView.Events)] = events,
                [nameof(ArticleEditView.Statements)] =
                    events.Count == 0
                        ? []
                        : new Excerpts()
                            .Limit(
                                await statements.OfEventsAsync(
                                    [.. events.Take(MaxEvents).Select(e => e.EventId)],
                                    MaxStatements,
                                    cancel
                                )
                            )
                            .OrderBy(s => s.Quote is null)
                            .ToList(),
                [nameof(ArticleEditView.Pictures)] = await album.OfAsync(work.ArticleId, cancel),
            },
            title: work.Title
        );
    }

    private async Task<(ArticlePage? Page, string Trouble)> PreviewedAsync(ArticleWork work, CancellationToken cancel)
    {
        try
        {
            return (await articles.PreviewAsync(work, cancel), "");
        }
        catch (RefusalException e) when (e.Kind == RefusalKind.BadInput)
        {
            return (null, e.Message);
        }
    }
}
