using CyberInsights.Edit;
using CyberInsights.Server.Pictures;
using CyberInsights.Server.Site.Forms;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>The pictures of an article: each is decoded and encoded anew in a process of its own before anything of it is kept.</summary>
internal sealed class PicturePages(DeskPages pages, ArticleDesk desk, ArticleAlbum album, PictureWorker worker)
{
    internal async Task<IResult> ShowAsync(HttpContext http, long id) =>
        await pages.ShowAsync<ArticlePicturesView>(
            http,
            "desk.pictures",
            new Dictionary<string, object?>
            {
                [nameof(ArticlePicturesView.Work)] = await desk.ReadAsync(id, http.RequestAborted),
                [nameof(ArticlePicturesView.Pictures)] = await album.OfAsync(id, http.RequestAborted),
            }
        );

    internal async Task<IResult> AddAsync(HttpContext http, long id)
    {
        var form = http.DeskForm();
        await desk.ReadAsync(id, http.RequestAborted);
        var picture = ArticleAlbum.Checked(
            new ArticlePicture
            {
                File = "",
                Alt = ArticlePages.Line(form, "alt"),
                Caption = ArticlePages.Line(form, "caption"),
                Credit = ArticlePages.Line(form, "credit"),
                Licence = ArticlePages.Line(form, "licence"),
                LicenceAddress = ArticlePages.Line(form, "licence-url"),
            }
        );
        var file =
            form.Files["picture"]
            ?? throw new RefusalException(
                RefusalKind.BadInput,
                "No file came with the form. Nothing was added. Choose a JPEG, PNG, GIF or WebP and send it again."
            );
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, http.RequestAborted);
        // A refusal does not repeat the name that the file came with: it may say anything.
        var encoded = await worker.EncodeAsync("that you sent", bytes.ToArray(), http.RequestAborted);
        await album.AddAsync(id, picture with { Encoded = encoded }, http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, $"{ArticlePages.Address(id)}/pictures");
    }

    internal async Task<IResult> RemoveAsync(HttpContext http, long id)
    {
        await album.RemoveAsync(id, http.DeskForm()["file"], http.DeskUser().Member, http.RequestAborted);
        return FormPages.SeeOther(http, $"{ArticlePages.Address(id)}/pictures");
    }
}
