using CyberInsights.Edit;
using CyberInsights.Net;
using CyberInsights.Publish.Checking;
using CyberInsights.Server.Pictures;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>The room where articles are written, checked and published.</summary>
internal static class ArticleRoom
{
    // A text of the greatest length in any script, as a form encodes it.
    private static readonly DeskForm Text = new() { MaxBytes = 4 * 1024 * 1024 };

    // A picture and what is said of it.
    private static readonly DeskForm Picture = new() { MaxBytes = PictureLimits.MaxBytes + 64 * 1024, Files = true };

    internal static DeskRoom Room { get; } = new("articles", DeskRight.Write, Add, Map);

    private static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(new OutboundPolicy());
        services.TryAddSingleton<GuardedHttp>();
        services.TryAddSingleton(PictureWorker.OfThisProgram());
        services.AddSingleton<ArticleDesk>();
        services.AddSingleton<ArticleAlbum>();
        services.AddSingleton<LinkChecker>();
        services.AddSingleton<ArticleChecker>();
        services.AddSingleton<ArticlePages>();
        services.AddSingleton<RevisionPages>();
        services.AddSingleton<PublishPages>();
        services.AddSingleton<PicturePages>();
    }

    private static void Map(DeskRoutes desk)
    {
        const DeskRight write = DeskRight.Write;
        const DeskRight publish = DeskRight.Publish;
        const string one = "/desk/articles/{id:long}";
        desk.Page("/desk/articles", write, (ArticlePages p, HttpContext http) => p.ListAsync(http));
        desk.Page("/desk/articles/new", write, (ArticlePages p, HttpContext http) => p.NewAsync(http));
        desk.Act("/desk/articles/new", write, (ArticlePages p, HttpContext http) => p.BeginAsync(http));
        desk.Page(
            "/desk/articles/machine-text.jsonl",
            write,
            (PublishPages p, HttpContext http) => p.MachineTextAsync(http)
        );
        desk.Page(one, write, (ArticlePages p, HttpContext http, long id) => p.EditAsync(http, id));
        desk.Act($"{one}/save", write, (ArticlePages p, HttpContext http, long id) => p.SaveAsync(http, id), Text);
        desk.Act(
            $"{one}/preview",
            write,
            (ArticlePages p, HttpContext http, long id) => p.PreviewAsync(http, id),
            Text
        );
        desk.Page($"{one}/pictures", write, (PicturePages p, HttpContext http, long id) => p.ShowAsync(http, id));
        desk.Act(
            $"{one}/pictures",
            write,
            (PicturePages p, HttpContext http, long id) => p.AddAsync(http, id),
            Picture
        );
        desk.Act(
            $"{one}/pictures/remove",
            write,
            (PicturePages p, HttpContext http, long id) => p.RemoveAsync(http, id)
        );
        desk.Page($"{one}/revisions", write, (RevisionPages p, HttpContext http, long id) => p.ListAsync(http, id));
        desk.Page(
            $"{one}/revisions/{{number:int}}",
            write,
            (RevisionPages p, HttpContext http, long id, int number) => p.ShowAsync(http, id, number)
        );
        desk.Act(
            $"{one}/revisions/{{number:int}}/restore",
            write,
            (RevisionPages p, HttpContext http, long id, int number) => p.RestoreAsync(http, id, number)
        );
        desk.Page($"{one}/publish", write, (PublishPages p, HttpContext http, long id) => p.ShowAsync(http, id));
        desk.Act($"{one}/publish", publish, (PublishPages p, HttpContext http, long id) => p.PublishAsync(http, id));
        desk.Act($"{one}/approve", publish, (PublishPages p, HttpContext http, long id) => p.ApproveAsync(http, id));
        desk.Act($"{one}/embargo", publish, (PublishPages p, HttpContext http, long id) => p.EmbargoAsync(http, id));
        desk.Act($"{one}/correct", publish, (PublishPages p, HttpContext http, long id) => p.CorrectAsync(http, id));
        desk.Act(
            $"{one}/unpublish",
            publish,
            (PublishPages p, HttpContext http, long id) => p.UnpublishAsync(http, id)
        );
        desk.Act($"{one}/review", publish, (PublishPages p, HttpContext http, long id) => p.ReviewAsync(http, id));
        desk.Act($"{one}/link", write, (PublishPages p, HttpContext http, long id) => p.LinkAsync(http, id));
        desk.Act($"{one}/unlink", write, (PublishPages p, HttpContext http, long id) => p.UnlinkAsync(http, id));
    }
}
