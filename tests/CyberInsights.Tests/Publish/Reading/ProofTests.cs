using CyberInsights.Publish.Reading;

namespace CyberInsights.Tests.Publish.Reading;

public sealed class ProofTests
{
    private const string Quote = "we were inside for two years and nobody looked";
    private const string Sentence = $"“{Quote},” said the crew.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quotation_is_cut_from_the_stored_version_with_its_place_and_hash()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var report = await EventAsync(room, Sentence);
        await room.Seeds.StatementAsync(report, Stance.Claim, "The crew", Sentence, Quote);

        var statement = Assert.Single((await room.Dossiers.FindAsync("event", Cancel))!.Statements);

        Assert.Equal(Quote, statement.Quote);
        Assert.Equal(report.Hash, statement.Proof.Hash);
        Assert.Equal(Quote, report.Whole[(statement.Proof.First - 1)..statement.Proof.Last]);
        Assert.Equal(report.Whole.Length, statement.Proof.Total);
    }

    [Theory]
    [InlineData("update report_versions set text = 'They said something else.'")]
    [InlineData("update report_versions set text = replace(text, 'nobody', 'somebody')")]
    [InlineData("update report_versions set text_hash = 'other'")]
    [InlineData("update statements set text_hash = 'other'")]
    [InlineData("update statements set quote_start = 100000")]
    [InlineData("update statements set quote_length = 100000")]
    [InlineData("update statements set sentence_start = -1")]
    [InlineData("update statements set sentence_length = 2147483647")]
    [InlineData("update statements set version = 2")]
    [InlineData("delete from report_versions")]
    public async Task A_statement_whose_proof_is_void_is_not_shown(string change)
    {
        await using var room = await ReadingRoom.OpenAsync();
        var report = await EventAsync(room, Sentence);
        await room.Seeds.StatementAsync(report, Stance.Claim, "The crew", Sentence, Quote);

        await room.Database.WriteAsync(t => t.ExecuteAsync(change, null, Cancel), Cancel);

        Assert.Empty((await room.Dossiers.FindAsync("event", Cancel))!.Statements);
    }

    [Fact]
    public async Task A_sentence_of_the_summary_that_no_stored_version_holds_is_left_out()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var source = await room.Seeds.SourceAsync("Wire");
        var report = await room.Seeds.ReportAsync(
            source,
            "Title",
            "One sentence stands here. Another one too.",
            InventedDay.Now
        );
        await room.Seeds.EventAsync(
            "event",
            "Title",
            EventState.Developing,
            [report],
            [],
            [],
            [(report, "One sentence stands here."), (report, "This was never written.")],
            1,
            1,
            1
        );

        var page = await room.Dossiers.FindAsync("event", Cancel);

        Assert.Equal("One sentence stands here.", Assert.Single(page!.Summary).Text);
    }

    [Fact]
    public async Task Of_one_source_a_page_shows_at_most_300_characters_of_its_own_words()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var sentences = Enumerable
            .Range(1, 6)
            .Select(i => $"Sentence {i} of this report tells {new string('x', 100)}.")
            .ToList();
        var report = await EventAsync(room, string.Join(' ', sentences), sentences.Take(2));
        foreach (var sentence in sentences)
        {
            await room.Seeds.StatementAsync(report, Stance.Warn, sentence[..10], sentence);
        }

        var page = await room.Dossiers.FindAsync("event", Cancel);

        var own = page!.Summary.Sum(s => s.Text.Length) + page.Statements.Sum(s => s.Sentence?.Length ?? 0);
        Assert.InRange(own, 200, Excerpts.MaxCharacters);
        Assert.Equal(6, page.Statements.Count);
    }

    [Fact]
    public async Task A_long_quotation_is_cut_between_words_and_says_so()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var quote = string.Join(' ', Enumerable.Repeat("word", 200));
        var report = await EventAsync(room, $"“{quote}”, they said.");
        await room.Seeds.StatementAsync(report, Stance.Claim, "The crew", report.Text, quote);

        var statement = Assert.Single((await room.Dossiers.FindAsync("event", Cancel))!.Statements);

        Assert.True(statement.QuoteCut);
        Assert.InRange(statement.Quote!.Length, 250, Excerpts.MaxCharacters);
        Assert.EndsWith("word …", statement.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_quotation_keeps_the_sentence_around_it_and_a_long_one_stands_alone()
    {
        await using var room = await ReadingRoom.OpenAsync();
        const string phrase = "The embassy spoke of “loud theatre” again.";
        var report = await EventAsync(room, $"{phrase} {Sentence}");
        await room.Seeds.StatementAsync(report, Stance.Deny, "Embassy", phrase, "loud theatre");
        await room.Seeds.StatementAsync(report, Stance.Claim, "The crew", Sentence, Quote);

        var told = (await room.Dossiers.FindAsync("event", Cancel))!.Statements;

        var embassy = told.Single(s => s.Stance == Stance.Deny);
        Assert.Equal(
            ("The embassy spoke of ", "loud theatre", " again."),
            (embassy.Before, embassy.Quote, embassy.After)
        );
        var crew = told.Single(s => s.Stance == Stance.Claim);
        Assert.Null(crew.Before);
        Assert.Null(crew.After);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://files.example/x")]
    [InlineData("https://bank.example@evil.example/")]
    [InlineData("not an address")]
    public async Task An_address_that_readers_should_not_follow_is_no_link(string address)
    {
        await using var room = await ReadingRoom.OpenAsync();
        var source = await room.Seeds.SourceAsync("Wire");
        var report = await room.Seeds.ReportAsync(source, "Title", "Text.", InventedDay.Now, address: address);
        await room.Seeds.EventAsync("event", "Title", EventState.Developing, [report], [], [], [], 1, 1, 1);

        Assert.Null(Assert.Single((await room.Dossiers.FindAsync("event", Cancel))!.Coverage).Address);
    }

    private static async Task<SeededReport> EventAsync(
        ReadingRoom room,
        string text,
        IEnumerable<string>? summary = null
    )
    {
        var source = await room.Seeds.SourceAsync("Wire");
        var report = await room.Seeds.ReportAsync(source, "A title", text, InventedDay.Now);
        await room.Seeds.EventAsync(
            "event",
            "A title",
            EventState.Claimed,
            [report],
            [],
            [],
            [.. (summary ?? []).Select(s => (report, s))],
            1,
            1,
            1
        );
        return report;
    }
}
