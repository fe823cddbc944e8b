using System.Net;
using System.Text.Json;
using CyberInsights.Server.Accounts;
using CyberInsights.Tests.Server.Pictures;

namespace CyberInsights.Tests.Desk.Articles;

public sealed class ArticlePictureTests
{
    private static readonly string Hostile = Path.Combine(AppContext.BaseDirectory, "Hostile");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_encoded_anew_put_in_and_shown_with_what_is_said_of_it()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Editor);
        using var reader = site.Stranger();
        var path = await ArticleRoomTests.BeginAsync(client);

        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(client, path, SomePicture.Of(600, 300))).StatusCode);
        var insert = (await client.PageAsync(path))
            .QuerySelectorAll("button[name=insert]")
            .Select(b => b.GetAttribute("value")!)
            .First(v => v.StartsWith("![", StringComparison.Ordinal));
        await ArticleRoomTests.SaveAsync(client, path, ("markdown", $"Words.\n\n{insert}\n"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ArticleRoomTests.PublishAsync(client, path)).StatusCode);

        var figure = (await reader.PageAsync("/articles/our-piece")).QuerySelector("figure.photo")!;
        Assert.Equal("A red field beside a blue one", figure.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Contains("Ada Example", figure.TextContent, StringComparison.Ordinal);
        Assert.Contains("CC BY 4.0", figure.TextContent, StringComparison.Ordinal);
        var body = await reader.Http.GetByteArrayAsync(figure.QuerySelector("img")!.GetAttribute("src")!, Cancel);
        Assert.Equal("RIFF"u8, body.AsSpan(0, 4));

        var file = insert.Split('(')[1].Split([' ', ')'])[0];
        var removed = await client.SubmitAsync($"{path}/pictures", $"{path}/pictures/remove", ("file", file));
        Assert.Equal(HttpStatusCode.BadRequest, removed.StatusCode);
    }

    [Theory]
    [InlineData("alt")]
    [InlineData("credit")]
    [InlineData("licence")]
    public async Task A_picture_without_words_that_readers_need_is_refused(string missing)
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        var path = await ArticleRoomTests.BeginAsync(client);

        var answer = await SendAsync(client, path, SomePicture.Of(60, 30), without: missing);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await site.Database.FirstAsync<long>("select count(*) from article_pictures", null, Cancel));
    }

    [Theory]
    [InlineData("i01_script.svg")]
    [InlineData("i06_pixel_flood.png")]
    [InlineData("i07_idat_bomb.png")]
    [InlineData("i10_html.png")]
    [InlineData("i14_gif_big_screen.gif")]
    [InlineData("i22_eps.jpg")]
    [InlineData("i23_pdf.png")]
    public async Task A_file_that_lies_about_its_kind_or_swells_is_refused_in_a_sentence(string name)
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        var path = await ArticleRoomTests.BeginAsync(client);

        var answer = await SendAsync(
            client,
            path,
            await File.ReadAllBytesAsync(Path.Combine(Hostile, "images", name), Cancel)
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The picture that you sent", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(0, await site.Database.FirstAsync<long>("select count(*) from pictures", null, Cancel));
    }

    [Fact]
    public async Task Nothing_of_the_name_that_a_file_came_with_is_kept_or_shown()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        var path = await ArticleRoomTests.BeginAsync(client);
        var names = (await File.ReadAllLinesAsync(Path.Combine(Hostile, "upload", "filenames.jsonl"), Cancel))
            .Select(l => JsonDocument.Parse(l).RootElement.GetProperty("filename_escaped").GetString()!)
            .ToList();

        foreach (var (i, name) in names.Index())
        {
            var answer = await SendAsync(client, path, SomePicture.Of(20 + i, 10), name);
            Assert.True((int)answer.StatusCode is 303 or 400, $"{name}: {answer.StatusCode}");
        }

        var files = await site.Database.QueryAsync<string>("select file from article_pictures", null, Cancel);
        Assert.True(files.Count > 20);
        Assert.All(files, f => Assert.Matches("^[0-9a-f]{12}\\.webp$", f));
    }

    [Fact]
    public async Task A_file_larger_than_the_limit_is_not_read()
    {
        await using var site = await DeskSite.StartAsync();
        using var client = await site.ClientAsync(DeskRole.Contributor);
        var path = await ArticleRoomTests.BeginAsync(client);

        var status = await StatusAsync(() => SendAsync(client, path, new byte[8 * 1024 * 1024]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    // A server that stops reading may close the connection before all was sent.
    private static async Task<HttpStatusCode> StatusAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            return (await send()).StatusCode;
        }
        catch (HttpRequestException)
        {
            return HttpStatusCode.RequestEntityTooLarge;
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        DeskClient client,
        string path,
        byte[] picture,
        string name = "field.png",
        string? without = null
    )
    {
        var token = (await client.PageAsync($"{path}/pictures"))
            .QuerySelector("input[name=token]")!
            .GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "token" } };
        (string, string)[] words =
        [
            ("alt", "A red field beside a blue one"),
            ("credit", "Ada Example"),
            ("licence", "CC BY 4.0"),
        ];
        foreach (var (field, value) in words.Where(w => w.Item1 != without))
        {
            form.Add(new StringContent(value), field);
        }
        var file = new ByteArrayContent(picture);
        file.Headers.TryAddWithoutValidation("Content-Type", "image/png");
        file.Headers.TryAddWithoutValidation(
            "Content-Disposition",
            $"form-data; name=\"picture\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\""
        );
        form.Add(file);
        return await client.Http.PostAsync($"{path}/pictures", form, Cancel);
    }
}
