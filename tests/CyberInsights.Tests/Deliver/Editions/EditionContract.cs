using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using CyberInsights.Tests.Publish.Reading;
using CyberInsights.Tests.Site;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CyberInsights.Tests.Deliver.Editions;

/// <summary>Editions over an invented day, from the hour they are composed to the mails that arrive, on both databases.</summary>
public abstract class EditionContract : IAsyncLifetime
{
    private FormSite site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EditionStore Editions => site.Services.GetRequiredService<EditionStore>();

    /// <returns>Null: a file of the site's own.</returns>
    private protected abstract Task<string?> NameAsync();

    public async ValueTask InitializeAsync() => site = await FormSite.StartAsync(database: await NameAsync());

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_reader_gets_what_is_new_each_claim_with_its_source_and_page()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);

        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.StartsWith("Cybersecurity Insights: Karsk names Velonia", mail.Subject, StringComparison.Ordinal);
        foreach (var body in new[] { mail.TextBody!, mail.HtmlBody! })
        {
            Assert.Contains($"https://news.example/events/{InventedDay.LeadSlug}", body, StringComparison.Ordinal);
            Assert.Contains("Karsk said on Wednesday that a group tied to Velonia", body, StringComparison.Ordinal);
            Assert.Contains("Central Wire", body, StringComparison.Ordinal);
            Assert.Contains("From our desk", body, StringComparison.Ordinal);
            Assert.Contains("/subscribe/preferences/", body, StringComparison.Ordinal);
            Assert.Contains("1 Paper Street", body, StringComparison.Ordinal);
            Assert.DoesNotContain("{reader-token}", body, StringComparison.Ordinal);
        }
        Assert.Equal(EditionState.Sent, (await NewestAsync()).State);
    }

    [Fact]
    public async Task A_mail_is_text_first_then_plain_markup_that_loads_nothing()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);

        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        var parts = Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal(["plain", "html"], parts.Select(p => p.ContentType.MediaSubtype));
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("bulk", mail.Headers[HeaderId.Precedence]);
        Assert.StartsWith("<newsletter.", mail.Headers[HeaderId.ListId], StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var page = await PageTests.ParseAsync(mail.HtmlBody!);
        Assert.Empty(page.QuerySelectorAll("img, script, link, iframe, object, form, style, [src], [background]"));
        Assert.DoesNotContain("url(", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            page.QuerySelectorAll("a"),
            a => Assert.StartsWith("http", a.GetAttribute("href"), StringComparison.Ordinal)
        );
        Assert.Equal(
            ("en", "ltr"),
            (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"))
        );
    }

    [Fact]
    public async Task An_Arabic_reader_reads_from_right_to_left_and_headlines_keep_their_own_direction()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"], language: "ar");

        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Contains("أحداث جديدة", mail.TextBody, StringComparison.Ordinal);
        var page = await PageTests.ParseAsync(mail.HtmlBody!);
        Assert.Equal(
            ("ar", "rtl"),
            (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir"))
        );
        Assert.Equal("ltr", page.QuerySelector("h3 span[lang=en]")!.GetAttribute("dir"));
        Assert.Contains("https://news.example/ar/events/", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_mail_tells_only_what_changed_since_the_last_and_none_comes_when_nothing_did()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);
        await PrintAsync();

        site.Clock.Advance(TimeSpan.FromDays(1));
        await PrintAsync();
        Assert.Single(site.Mailbox.Received);

        await ChangeAsync("Disputed\nConfirmed");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await PrintAsync();

        var mail = site.Mailbox.Received[1];
        Assert.Contains("Changed events", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("* Status changed: disputed → confirmed", mail.TextBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("New events", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("An earlier version said", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_not_get_the_last_mail_is_told_from_the_one_before()
    {
        await SomeReaders.AddAsync(site.Database, ["one@pub.example", "two@pub.example"]);
        site.Mailbox.Unknown = address => address == "two@pub.example";
        await PrintAsync();
        site.Mailbox.Unknown = _ => false;
        await ChangeAsync("Disputed\nConfirmed");
        site.Clock.Advance(TimeSpan.FromDays(1));

        await PrintAsync();

        // To the one the event is new, to the other it changed.
        var two = Assert.Single(site.Mailbox.Received, m => To(m) == "two@pub.example");
        Assert.Contains("New events", two.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Changed events", two.TextBody, StringComparison.Ordinal);
        var one = site.Mailbox.Received.Last(m => To(m) == "one@pub.example");
        Assert.Contains("Changed events", one.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("New events", one.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, site.Mailbox.Received.Count(m => To(m) == "one@pub.example"));
    }

    [Fact]
    public async Task A_reader_gets_their_topics_and_one_for_whom_there_is_nothing_gets_nothing()
    {
        var states = await TopicAsync("states");
        var none = await site.Database.WriteAsync(
            async t =>
            {
                var id = t.NextId();
                await t.ExecuteAsync(
                    "insert into topics (id, slug, name, position) values (@id, 'quiet', 'Quiet', 99)",
                    new { id },
                    Cancel
                );
                return id;
            },
            Cancel
        );
        await SomeReaders.AddAsync(site.Database, ["states@pub.example"], topics: states);
        await SomeReaders.AddAsync(site.Database, ["quiet@pub.example"], topics: none);

        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Equal("states@pub.example", To(mail));
        Assert.Contains(InventedDay.LeadTitle, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_gives_one_edition_however_many_work_at_it()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);

        await Task.WhenAll(Press().RunAsync(Cancel), Press().RunAsync(Cancel));
        await PrintAsync();

        Assert.Single(site.Mailbox.Received);
        Assert.Single((await Editions.NewestAsync(10, Cancel)), e => e.Frequency == Frequency.Daily);
    }

    [Fact]
    public async Task A_draft_waits_for_a_person_who_orders_leaves_out_writes_and_lets_it_go()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);
        await PrintAsync(new EditionSchedule { Automatic = false });
        Assert.Empty(site.Mailbox.Received);
        var draft = (await Editions.NewestAsync(10, Cancel)).First(e => e.Frequency == Frequency.Daily);
        Assert.Equal(EditionState.Draft, draft.State);
        Assert.Null(await Editions.FindShownAsync(draft.Slug, Cancel));

        var edit = new EditionEdit
        {
            LeftOut = [.. draft.Content.Articles.Select(a => a.Key), .. draft.Content.Trends.Select(t => t.Key)],
            Texts = new Dictionary<string, EditionText>
            {
                ["en"] = new()
                {
                    Subject = "A quiet morning",
                    Intro =
                        "Read **this** [first](https://news.example/about).\n\n<script>x</script>![pixel](https://track.example/p.gif)",
                },
            },
        };
        Assert.True(await WriteAsync(t => EditionStore.EditAsync(t, draft, edit, Cancel)));
        // Of two people who edit at once the second is told.
        Assert.False(await WriteAsync(t => EditionStore.EditAsync(t, draft, edit, Cancel)));
        var now = site.Clock.GetUtcNow();
        Assert.True(
            await WriteAsync(t => EditionStore.ScheduleAsync(t, draft.Id, draft.Revision + 1, now.AddHours(1), Cancel))
        );
        await PrintAsync();
        Assert.Empty(site.Mailbox.Received);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Equal("A quiet morning", mail.Subject);
        Assert.DoesNotContain("From our desk", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<strong>this</strong>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("href=\"https://news.example/about\"", mail.HtmlBody, StringComparison.Ordinal);
        var page = await PageTests.ParseAsync(mail.HtmlBody!);
        Assert.Empty(page.QuerySelectorAll("img, script"));
        Assert.False(await WriteAsync(t => EditionStore.DropAsync(t, draft.Id, draft.Revision + 2, Cancel)));
    }

    [Fact]
    public async Task A_refreshed_draft_keeps_its_order_words_and_what_was_left_out()
    {
        var composer = site.Services.GetRequiredService<EditionComposer>();
        var composed = await composer.ComposeAsync(Frequency.Daily, Cancel);
        var id = (
            await WriteAsync(t => EditionStore.AddAsync(t, Frequency.Daily, composed, null, null, Cancel))
        )!.Value;
        var draft = (await Editions.FindAsync(id, Cancel))!;
        var keys = draft.Content.Articles.Select(a => a.Key).Reverse().ToList();
        Assert.True(keys.Count > 1);
        await WriteAsync(t =>
            EditionStore.EditAsync(t, draft, new EditionEdit { Order = keys, LeftOut = [keys[0]] }, Cancel)
        );

        var edited = (await Editions.FindAsync(id, Cancel))!;
        Assert.True(await WriteAsync(t => EditionStore.RefreshAsync(t, edited, composed, Cancel)));

        var fresh = (await Editions.FindAsync(id, Cancel))!;
        Assert.Equal(keys, fresh.Content.Articles.Select(a => a.Key));
        Assert.Equal([keys[0]], fresh.Content.Articles.Where(a => a.LeftOut).Select(a => a.Key));
    }

    [Theory]
    [InlineData("News\r\nBcc: all@pub.example")]
    [InlineData("News\nmore")]
    [InlineData("\u0000")]
    public async Task A_subject_of_more_than_one_line_is_refused_with_a_sentence(string subject)
    {
        await PrintAsync(new EditionSchedule { Automatic = false });
        var draft = await NewestAsync();
        var edit = new EditionEdit
        {
            Texts = new Dictionary<string, EditionText> { ["en"] = new() { Subject = subject } },
        };

        var refusal = await Assert.ThrowsAsync<RefusalException>(() =>
            WriteAsync(t => EditionStore.EditAsync(t, draft, edit, Cancel))
        );

        Assert.Contains("nothing was saved", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(draft.Revision, (await NewestAsync()).Revision);
    }

    [Theory]
    [InlineData(EditionStore.MaxSubject, true)]
    [InlineData(EditionStore.MaxSubject + 1, false)]
    public async Task A_subject_has_so_many_characters_at_most(int length, bool saved)
    {
        await PrintAsync(new EditionSchedule { Automatic = false });
        var draft = await NewestAsync();
        var edit = new EditionEdit
        {
            Texts = new Dictionary<string, EditionText> { ["en"] = new() { Subject = new string('x', length) } },
        };

        var failure = await Record.ExceptionAsync(() =>
            WriteAsync(t => EditionStore.EditAsync(t, draft, edit, Cancel))
        );

        Assert.Equal(saved, failure is null);
    }

    [Fact]
    public async Task A_line_break_in_a_headline_makes_no_header_and_markup_in_it_no_markup()
    {
        await site.Database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update dossiers set title = @title",
                    new { title = "News\r\nBcc: all@pub.example\r\n\r\n<img src=x onerror=alert(1)>" },
                    Cancel
                ),
            Cancel
        );
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);

        await PrintAsync();

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Null(mail.Headers[HeaderId.Bcc]);
        Assert.DoesNotContain("\n", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(["reader@pub.example"], mail.GetRecipients().Select(r => r.Address));
        Assert.Empty((await PageTests.ParseAsync(mail.HtmlBody!)).QuerySelectorAll("img"));
    }

    [Fact]
    public async Task A_test_goes_to_one_address_and_changes_nothing()
    {
        await PrintAsync(new EditionSchedule { Automatic = false });
        var draft = await NewestAsync();
        var trial = new EditionTrial(
            site.Mailbox.Settings,
            new SiteAddress(new Uri("https://news.example")),
            site.Services.GetRequiredService<WriteEdition>(),
            site.Clock
        );

        await trial.SendAsync(draft, "de", MailAddress.Read("editor@news.example")!, Cancel);

        var mail = Assert.Single(site.Mailbox.Received);
        Assert.Equal("editor@news.example", To(mail));
        Assert.Contains("Neue Ereignisse", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(0, await site.CountAsync("mails"));
        Assert.Equal(draft.Revision, (await NewestAsync()).Revision);
    }

    [Fact]
    public async Task An_edition_holds_only_what_sources_allow_to_be_shown_of_them()
    {
        await SomeReaders.AddAsync(site.Database, ["reader@pub.example"]);
        await PrintAsync();

        var edition = (await Editions.ShownAsync(10, Cancel)).First(e => e.Frequency == Frequency.Daily);
        var shown = EditionSelection.For(edition.Content, [], edition.Since);

        Assert.All(
            shown
                .Events.SelectMany(e =>
                    e.Summary.Select(s => (s.SourceId, s.Text))
                        .Concat(e.Statements.Select(s => (s.SourceId, Text: s.Sentence)))
                )
                .GroupBy(s => s.SourceId),
            source => Assert.InRange(source.Sum(s => s.Text.Length), 0, Excerpts.MaxCharacters)
        );
        Assert.InRange(shown.Events.Count, 1, EditionSelection.MaxEvents);
    }

    private EditionPress Press(EditionSchedule? schedule = null) =>
        new(
            site.Database,
            Editions,
            site.Services.GetRequiredService<EditionComposer>(),
            () => schedule ?? new EditionSchedule(),
            site.Services.GetRequiredService<WriteEdition>(),
            site.Clock
        );

    private async Task PrintAsync(EditionSchedule? schedule = null)
    {
        var press = Press(schedule);
        await press.RunAsync(Cancel);
        await site.DeliverAsync();
        await press.RunAsync(Cancel);
    }

    private async Task<Edition> NewestAsync() =>
        (await Editions.NewestAsync(10, Cancel)).First(e => e.Frequency == Frequency.Daily);

    private async Task ChangeAsync(string text)
    {
        var lead = await site.Database.FirstAsync<long>(
            "select id from events where slug = @slug",
            new { slug = InventedDay.LeadSlug },
            Cancel
        );
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await new Seeds(site.Database, 1000).ChangeAsync(lead, ChangeKind.StateChanged, site.Clock.GetUtcNow(), text);
    }

    private Task<long> TopicAsync(string slug) =>
        site.Database.FirstAsync<long>("select id from topics where slug = @slug", new { slug }, Cancel);

    private Task<T> WriteAsync<T>(Func<Transaction, Task<T>> work) => site.Database.WriteAsync(work, Cancel);

    private static string To(MimeMessage mail) => mail.To.Mailboxes.Single().Address;
}

public sealed class SqliteEditionTests : EditionContract
{
    private protected override Task<string?> NameAsync() => Task.FromResult<string?>(null);
}

public sealed class PostgresEditionTests(PostgresServer server) : EditionContract
{
    private protected override async Task<string?> NameAsync() => await server.NewDatabaseAsync();
}
