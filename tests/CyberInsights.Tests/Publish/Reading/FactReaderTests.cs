using CyberInsights.Publish.Reading;
using CyberInsights.Recognise;

namespace CyberInsights.Tests.Publish.Reading;

public sealed class FactReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_that_differ_stand_side_by_side_and_equal_ones_together_with_all_who_give_them()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var reports = await EventAsync(room, "It hit 14 hospitals.", "It hit 11 hospitals.", "Eleven or 11 hospitals.");
        await FactAsync(room, reports[0], "14 hospitals", 14);
        await FactAsync(room, reports[1], "11 hospitals", 11);
        await FactAsync(room, reports[2], "11 hospitals", 11);

        var numbers = (await room.Dossiers.FindAsync("event", Cancel))!.Facts.Numbers;

        Assert.Equal(["11 hospitals", "14 hospitals"], numbers.Select(n => n.Words));
        Assert.Equal(reports[2].Id, Assert.Single(numbers[0].AlsoIn).ReportId);
        Assert.Equal("14 hospitals", reports[0].Whole[(numbers[1].Proof.First - 1)..numbers[1].Proof.Last]);
    }

    [Fact]
    public async Task Whoever_is_blamed_is_no_victim_and_a_name_says_more_than_a_part_of_it()
    {
        await using var room = await ReadingRoom.OpenAsync();
        var reports = await EventAsync(
            room,
            "Grey Crew hit payroll provider Exampay.",
            "Grey Crew and the payroll provider."
        );
        await FactAsync(room, reports[0], FactKind.Initiator, "Grey Crew");
        await FactAsync(room, reports[0], FactKind.Victim, "payroll provider Exampay", 1);
        await FactAsync(room, reports[1], FactKind.Victim, "Grey Crew");
        await FactAsync(room, reports[1], FactKind.Victim, "payroll provider", 1);

        var victims = (await room.Dossiers.FindAsync("event", Cancel))!.Facts.Victims;

        Assert.Equal("payroll provider Exampay", Assert.Single(victims).Value);
    }

    [Theory]
    [InlineData("update report_versions set text = 'It hit 15 hospitals.'")]
    [InlineData("update facts set text_hash = 'other'")]
    [InlineData("update facts set start = 100000")]
    [InlineData("update facts set length = 0")]
    [InlineData("update facts set version = 2")]
    public async Task A_fact_whose_proof_is_void_is_not_shown(string change)
    {
        await using var room = await ReadingRoom.OpenAsync();
        var reports = await EventAsync(room, "It hit 14 hospitals.");
        await FactAsync(room, reports[0], "14 hospitals", 14);

        await room.Database.WriteAsync(t => t.ExecuteAsync(change, null, Cancel), Cancel);

        Assert.Empty((await room.Dossiers.FindAsync("event", Cancel))!.Facts.Numbers);
    }

    [Theory]
    [InlineData(IndicatorKind.Url, "https://evil.example/a.b", "hxxps://evil[.]example/a[.]b")]
    [InlineData(IndicatorKind.Ipv4, "198.51.100.7", "198[.]51[.]100[.]7")]
    [InlineData(IndicatorKind.Ipv6, "2001:db8::7", "2001[:]db8[:][:]7")]
    [InlineData(IndicatorKind.Email, "a@evil.example", "a[@]evil[.]example")]
    [InlineData(IndicatorKind.Md5, "d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e")]
    public void An_indicator_is_shown_so_that_nothing_follows_it(IndicatorKind kind, string value, string shown) =>
        Assert.Equal(shown, IndicatorReader.Harmless(kind, value));

    private static async Task<List<SeededReport>> EventAsync(ReadingRoom room, params string[] texts)
    {
        var reports = new List<SeededReport>();
        foreach (var (text, i) in texts.Select((t, i) => (t, i)))
        {
            var source = await room.Seeds.SourceAsync($"Wire {i}");
            reports.Add(await room.Seeds.ReportAsync(source, "Title", text, InventedDay.Now.AddMinutes(i)));
        }
        await room.Seeds.EventAsync(
            "event",
            "Title",
            EventState.Developing,
            reports,
            [],
            [],
            [],
            reports.Count,
            reports.Count,
            1
        );
        return reports;
    }

    private static Task FactAsync(ReadingRoom room, SeededReport report, string words, int number) =>
        FactAsync(room, report, FactKind.Number, words, $"{number}", nameof(Counted.Organisations), number);

    private static Task FactAsync(
        ReadingRoom room,
        SeededReport report,
        FactKind kind,
        string words,
        int ordinal = 0
    ) => FactAsync(room, report, kind, words, words, null, null, ordinal);

    private static Task FactAsync(
        ReadingRoom room,
        SeededReport report,
        FactKind kind,
        string words,
        string value,
        string? role,
        double? number,
        int ordinal = 0
    ) =>
        room.Database.WriteAsync(
            t =>
                t.InsertAsync(
                    """
                    facts (report_id, version, ordinal, kind, value, role, least, most, approximate, start, length, text_hash,
                    confidence, reason)
                    """,
                    [
                        [
                            report.Id,
                            1,
                            ordinal,
                            kind,
                            value,
                            role,
                            number,
                            number,
                            false,
                            report.Whole.IndexOf(words, StringComparison.Ordinal),
                            words.Length,
                            report.Hash,
                            0.9,
                            "a test",
                        ],
                    ],
                    "",
                    Cancel
                ),
            Cancel
        );
}
