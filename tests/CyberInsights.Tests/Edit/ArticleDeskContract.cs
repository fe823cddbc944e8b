using CyberInsights.Edit;
using CyberInsights.Publish.Checking;
using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Edit;

/// <summary>Articles at the desk, on every engine.</summary>
public abstract class ArticleDeskContract : IAsyncLifetime
{
    private static readonly Member Ada = new(5, "Ada");
    private static readonly Member Bob = new(6, "Bob");

    private readonly FakeTimeProvider clock = Some.Clock();
    private Database database = null!;
    private ArticleDesk desk = null!;
    private ArticlePress press = null!;

    private protected abstract Task<string> NameAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.StartAsync(await NameAsync(), clock, Cancel);
        (desk, press) = (new ArticleDesk(database), new ArticlePress(database));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_written_reaches_readers_only_when_it_is_published()
    {
        var id = await BeginAsync();
        await SaveAsync(id, "Words.");
        Assert.Equal(ArticleState.Draft, (await StoredAsync(id)).State);

        await press.PublishAsync(id, 2, null, second: false, Ada, Cancel);
        await SaveAsync(id, "Words that nobody is to see yet.");

        var article = await StoredAsync(id);
        Assert.Equal((ArticleState.Published, "Words.", 1), (article.State, article.Markdown, article.Revision));
        Assert.Equal(clock.GetUtcNow(), article.PublishAt);
        Assert.Contains("<p>Words.</p>", article.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_anew_keeps_its_first_time_and_gets_a_revision()
    {
        var id = await BeginAsync();
        await press.PublishAsync(id, 1, null, second: false, Ada, Cancel);
        var first = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromHours(1));
        await SaveAsync(id, "Other words.");
        await press.PublishAsync(id, 2, null, second: false, Ada, Cancel);

        var article = await StoredAsync(id);
        Assert.Equal((first, clock.GetUtcNow(), 2), (article.PublishAt, article.ChangedAt, article.Revision));
    }

    [Fact]
    public async Task A_text_that_was_changed_meanwhile_is_not_published_unseen()
    {
        var id = await BeginAsync();
        await SaveAsync(id, "Words.");

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            press.PublishAsync(id, 1, null, second: false, Ada, Cancel)
        );

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.Equal(ArticleState.Draft, (await StoredAsync(id)).State);
    }

    [Fact]
    public async Task Of_two_who_save_from_one_version_the_second_is_set_aside()
    {
        var id = await BeginAsync();
        var work = await desk.ReadAsync(id, Cancel);

        var first = await desk.SaveAsync(work with { Markdown = "Ada" }, 1, own: true, Ada, Cancel);
        var second = await desk.SaveAsync(work with { Markdown = "Bob" }, 1, own: true, Bob, Cancel);
        var same = await desk.SaveAsync(work with { Markdown = "Ada" }, 1, own: true, Bob, Cancel);

        Assert.Equal((2, null), (first.Version, first.Aside));
        Assert.Equal("Bob", (await desk.SaveAsync(id, second.Aside!.Value, Cancel)).Markdown);
        Assert.Equal("Ada", (await desk.ReadAsync(id, Cancel)).Markdown);
        Assert.Null(same.Aside);
        Assert.Equal([true, false, false], (await desk.SavesAsync(id, Cancel)).Select(s => s.Aside));
    }

    [Fact]
    public async Task An_article_that_was_imported_can_be_worked_on_and_its_first_text_is_kept()
    {
        var file = new ArticleFile
        {
            Slug = "imported",
            Title = "Imported",
            Author = "Somebody",
            Published = Some.Moment,
            Markdown = "From a file.",
        };
        await new ArticleStore(database).SaveAsync(file, over: false, Cancel);
        var id = (await desk.ListAsync(0, 10, Cancel))[0].ArticleId;

        await SaveAsync(id, "From the desk.");

        Assert.Equal("From a file.", (await desk.SaveAsync(id, 1, Cancel)).Markdown);
        Assert.Equal("From the desk.", (await desk.ReadAsync(id, Cancel)).Markdown);
    }

    [Fact]
    public async Task A_file_over_an_article_of_the_desk_is_refused_unless_it_knows_the_newest_revision_or_is_to_stand_over_it()
    {
        var store = new ArticleStore(database);
        var file = new ArticleFile
        {
            Slug = "imported",
            Title = "Imported",
            Author = "Somebody",
            Published = Some.Moment,
            Tags = ["One"],
            Markdown = "From a file.",
        };
        await store.SaveAsync(file, over: false, Cancel);
        var id = (await desk.ListAsync(0, 10, Cancel))[0].ArticleId;
        await SaveAsync(id, "From the desk.");
        var other = file with { Markdown = "From another file." };

        // The file that the desk went on from has nothing new in it.
        Assert.Equal(ImportOutcome.Unchanged, await store.SaveAsync(file, over: false, Cancel));
        foreach (var revision in new int?[] { null, 1, 3 })
        {
            var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
                store.SaveAsync(other with { Revision = revision }, over: false, Cancel)
            );
            Assert.Contains("'revision: 2'", refusal.Message, StringComparison.Ordinal);
        }
        Assert.Equal("From the desk.", (await desk.ReadAsync(id, Cancel)).Markdown);

        Assert.Equal(ImportOutcome.AtDesk, await store.SaveAsync(other with { Revision = 2 }, over: false, Cancel));
        Assert.Equal(ImportOutcome.Unchanged, await store.SaveAsync(other, over: true, Cancel));
        Assert.Equal(ImportOutcome.AtDesk, await store.SaveAsync(file with { Tags = ["Two"] }, over: true, Cancel));

        var work = await desk.ReadAsync(id, Cancel);
        Assert.Equal(("From a file.", "Two", "insights"), (work.Markdown, work.Tags, work.ChangedName));
        // Readers have what was imported first, and every text is kept.
        Assert.Equal(1, (await StoredAsync(id)).Revision);
        Assert.Equal("From the desk.", (await desk.SaveAsync(id, 2, Cancel)).Markdown);
        Assert.Equal("From another file.", (await desk.SaveAsync(id, 3, Cancel)).Markdown);
        Assert.Equal(
            2,
            await database.FirstAsync<int>("select count(*) from audit where action = 'article.import'", null, Cancel)
        );
    }

    [Fact]
    public async Task Corrections_and_the_way_off_the_site_are_stored_with_who_and_why()
    {
        var id = await BeginAsync();
        await press.PublishAsync(id, 1, null, second: false, Ada, Cancel);
        await press.CorrectAsync(id, CorrectionKind.Correction, "One.", "why one", Ada, Cancel);
        await press.CorrectAsync(id, CorrectionKind.Clarification, "Two.", "why two", Bob, Cancel);
        await press.UnpublishAsync(id, "A court asked.", Bob, Cancel);

        Assert.Equal(
            ["Two.", "One."],
            await database.QueryAsync<string>("select text from article_corrections order by ordinal", null, Cancel)
        );
        var entries = await new AuditLog(database).ReadAsync(new AuditFilter(), 0, 10, Cancel);
        Assert.Equal(
            ["article.unpublish", "article.clarification", "article.correction", "article.publish", "article.begin"],
            entries.Select(e => e.Action)
        );
        Assert.Equal(
            ("Bob", "A court asked.", entries[3].Id),
            (entries[0].Member, entries[0].Reason, entries[0].Undoes)
        );
        await Assert.ThrowsAsync<RefusalException>(() =>
            press.CorrectAsync(id, CorrectionKind.Correction, "Three.", "late", Ada, Cancel)
        );
    }

    [Fact]
    public async Task A_picture_leads_or_stands_in_the_text_only_once_that_is_published()
    {
        var id = await BeginAsync();
        var album = new ArticleAlbum(database);
        var picture = new ArticlePicture
        {
            File = "",
            Alt = "A field",
            Credit = "Ada",
            Licence = "CC0",
            Encoded = new EncodedPicture([new PictureSize(10, 5, [1, 2, 3])]),
        };
        var file = await album.AddAsync(id, picture, Ada, Cancel);
        await Assert.ThrowsAsync<RefusalException>(() => album.AddAsync(id, picture, Ada, Cancel));
        await press.PublishAsync(id, 1, null, second: false, Ada, Cancel);
        Assert.Equal(1, await OrdinalAsync());

        await desk.SaveAsync((await desk.ReadAsync(id, Cancel)) with { Lead = file }, 1, own: true, Ada, Cancel);
        Assert.Equal(1, await OrdinalAsync());
        await press.PublishAsync(id, 2, null, second: false, Ada, Cancel);

        Assert.Equal(0, await OrdinalAsync());
        Assert.Equal(
            ("A field", 10),
            ((await album.OfAsync(id, Cancel))[0].Alt, (await album.OfAsync(id, Cancel))[0].Least)
        );

        Task<int> OrdinalAsync() => database.FirstAsync<int>("select ordinal from article_pictures", null, Cancel);
    }

    [Fact]
    public async Task Persons_are_found_by_name_on_every_engine()
    {
        await database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into entities (id, kind, key, slug, name) values (1, @kind, 'p', 'ilka-maren', 'Ilka Maren')",
                    new { kind = EntityKind.Person },
                    Cancel
                ),
            Cancel
        );

        var found = await PersonCheck.CheckAsync(
            database,
            ArticleText.Parse("Ilka Maren was accused of taking bribes."),
            "en",
            Cancel
        );

        Assert.Equal("Ilka Maren", Assert.Single(found).About);
    }

    private Task<long> BeginAsync() =>
        desk.BeginAsync(
            new ArticleWork
            {
                Title = "A headline",
                Author = "Ada",
                Markdown = "First.",
            },
            Ada,
            Cancel
        );

    private async Task SaveAsync(long id, string markdown)
    {
        var work = await desk.ReadAsync(id, Cancel);
        await desk.SaveAsync(work with { Markdown = markdown }, work.Version, own: true, Ada, Cancel);
    }

    private async Task<Article> StoredAsync(long id) =>
        (await database.FirstAsync<Article>("select * from articles where id = @id", new { id }, Cancel))!;
}

public sealed class SqliteArticleDeskTests : ArticleDeskContract
{
    private readonly TestFolder folder = new();

    private protected override Task<string> NameAsync() => folder.DatabaseAsync("articles.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class PostgresArticleDeskTests(PostgresServer server) : ArticleDeskContract
{
    private protected override Task<string> NameAsync() => server.NewDatabaseAsync();
}
