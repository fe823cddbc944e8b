using CyberInsights.Publish.Reading;

namespace CyberInsights.Tests.Publish.Reading;

public sealed class LedgerTests
{
    private static readonly DateTimeOffset Noon = new(2025, 5, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_statement_carried_by_several_reports_is_one_entry_with_all_its_sources()
    {
        var merged = Ledger.Merge([
            Told(1, "Prague", Stance.Accuse, Noon),
            Told(2, "Prague", Stance.Accuse, Noon.AddHours(1), "a malicious campaign, they said"),
            Told(3, "prague", Stance.Accuse, Noon.AddHours(2), "malicious campaign"),
        ]);

        var entry = Assert.Single(merged);
        Assert.Equal("a malicious campaign, they said", entry.Quote);
        Assert.Equal(Noon, entry.At);
        Assert.Equal([1L, 3L], entry.AlsoIn.Select(s => s.ReportId).Order());
    }

    [Fact]
    public void Other_words_another_stance_or_another_speaker_are_entries_of_their_own()
    {
        var merged = Ledger.Merge([
            Told(1, "Prague", Stance.Accuse, Noon, "one thing"),
            Told(2, "Prague", Stance.Accuse, Noon, "another thing"),
            Told(3, "Prague", Stance.Condemn, Noon, "one thing"),
            Told(4, "Berlin", Stance.Accuse, Noon, "one thing"),
        ]);

        Assert.Equal(4, merged.Count);
    }

    [Fact]
    public void The_newest_to_show_are_quotations_of_different_speakers_from_different_events()
    {
        var told = Enumerable
            .Range(1, 6)
            .Select(i => Told(i, $"Speaker {i}", Stance.Warn, Noon.AddMinutes(i), $"quotation {i}", eventId: 1))
            .Append(Told(10, "Other", Stance.Deny, Noon.AddHours(-5), "old quotation", eventId: 2))
            .Append(Told(11, "Quiet", Stance.Deny, Noon.AddHours(3), eventId: 3))
            .ToList();

        var chosen = Ledger.Choose(told, 4);

        Assert.Equal(["Quiet", "Speaker 6", "Speaker 5", "Other"], chosen.Select(s => s.Speaker));
    }

    [Fact]
    public void When_they_spoke_has_a_column_for_each_span_and_a_row_for_each_stance()
    {
        var table = SpokeTable.Of([
            Told(1, "A", Stance.Deny, Noon.AddHours(3)),
            Told(2, "B", Stance.Accuse, Noon),
            Told(3, "C", Stance.Accuse, Noon.AddMinutes(30)),
            Told(4, "D", Stance.Report, Noon.AddDays(30)),
        ])!;

        Assert.Equal([Stance.Accuse, Stance.Deny], table.Rows.Select(r => r.Stance));
        Assert.Equal([2, 0, 0, 1], table.Rows[0].Counts.Zip(table.Rows[1].Counts, (a, d) => a + d));
        Assert.Equal(Noon, table.Columns[0].From);
    }

    [Fact]
    public void A_table_never_has_more_than_five_columns_and_one_statement_makes_none()
    {
        Assert.Null(SpokeTable.Of([Told(1, "A", Stance.Deny, Noon)]));
        foreach (var days in new[] { 1, 5, 20, 100, 1000 })
        {
            var table = SpokeTable.Of([
                Told(1, "A", Stance.Deny, Noon),
                Told(2, "B", Stance.Accuse, Noon.AddDays(days)),
            ])!;
            Assert.InRange(table.Columns.Count, 2, 5);
        }
    }

    [Theory]
    [InlineData(299)]
    [InlineData(300)]
    [InlineData(301)]
    [InlineData(5000)]
    public void An_excerpt_is_never_longer_than_its_limit(int length)
    {
        var text = string.Concat(Enumerable.Repeat("wörter 😀 ", length))[..length];

        var shown = new Excerpts().Take(1, text)!;

        Assert.InRange(shown.Length, Math.Min(length, 240), Excerpts.MaxCharacters);
        Assert.Equal(length > Excerpts.MaxCharacters, shown.EndsWith(" …", StringComparison.Ordinal));
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(shown)));
    }

    private static ShownStatement Told(
        long report,
        string speaker,
        Stance stance,
        DateTimeOffset at,
        string? quote = null,
        long eventId = 1
    ) =>
        new()
        {
            Id = report,
            Stance = stance,
            Speaker = speaker,
            At = at,
            Quote = quote,
            Language = "en",
            EventId = eventId,
            EventSlug = "e",
            EventTitle = "E",
            EventLanguage = "en",
            Source = new ReportSource
            {
                ReportId = report,
                SourceId = report,
                Name = "Wire",
                Language = "en",
            },
            Proof = new Proof
            {
                Version = 1,
                StoredAt = at,
                First = 1,
                Last = 2,
                Total = 3,
                Hash = "",
            },
        };
}
