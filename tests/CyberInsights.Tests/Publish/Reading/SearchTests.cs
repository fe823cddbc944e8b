using CyberInsights.Publish.Reading;

namespace CyberInsights.Tests.Publish.Reading;

public sealed class SearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ransomware hospital", "ransomware & hospital")]
    [InlineData("\"mail gateway\" flaw", "mail gateway & flaw")]
    [InlineData("router OR modem", "router | modem")]
    [InlineData("a OR b OR c d", "a | b | c & d")]
    [InlineData("breach -rumour -\"old list\"", "breach ! rumour ! old list")]
    [InlineData("breach NOT rumour", "breach ! rumour")]
    [InlineData("crypto*", "crypto*")]
    [InlineData("x*", "x")]
    [InlineData("multi-agent", "multi agent")]
    [InlineData("CVE-2025-99101", "cve 2025 99101")]
    [InlineData("\"unterminated phrase", "unterminated phrase")]
    [InlineData("a AND", "a")]
    [InlineData("OR a OR", "a")]
    [InlineData("a OR OR b", "a | b")]
    [InlineData("title:x {body}", "title x & body")]
    [InlineData("Zahraničí ÜNÏCODE", "zahranici & unicode")]
    [InlineData("a\"b c\"d", "a & b c & d")]
    public void Writing_is_read_as_a_person_means_it(string written, string meaning) =>
        Assert.Equal(meaning, Written(Assert.IsType<ParsedSearch.Usable>(SearchParser.Parse(written))));

    [Fact]
    public void What_cannot_be_searched_for_has_a_reason()
    {
        Assert.IsType<ParsedSearch.Empty>(SearchParser.Parse(null));
        Assert.IsType<ParsedSearch.Empty>(SearchParser.Parse("  "));
        Assert.IsType<ParsedSearch.NoWord>(SearchParser.Parse("*** (( \" -"));
        Assert.IsType<ParsedSearch.OnlyWithout>(SearchParser.Parse("-x NOT y"));
    }

    [Fact]
    public void The_limits_include_their_last_value()
    {
        Assert.IsType<ParsedSearch.Usable>(SearchParser.Parse(new string('a', 256)));
        Assert.IsType<ParsedSearch.TooLong>(SearchParser.Parse(new string('a', 257)));
        Assert.IsType<ParsedSearch.Usable>(SearchParser.Parse(string.Join(' ', Enumerable.Repeat("a", 16))));
        Assert.IsType<ParsedSearch.TooMany>(SearchParser.Parse(string.Join(' ', Enumerable.Repeat("a", 17))));
        Assert.IsType<ParsedSearch.TooMany>(
            SearchParser.Parse($"a -\"{string.Join(' ', Enumerable.Repeat("b", 16))}\"")
        );
    }

    [Fact]
    public async Task Events_reports_articles_and_entities_are_found_with_their_addresses()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var page = await room.Search.FindAsync(new SearchRequest { Words = "heron" }, Cancel);

        Assert.Contains(page.Found, f => f is { Kind: "entity", Path: "/entities/quiet-heron" });
        var report = page.Found.First(f => f.Kind == "report");
        Assert.Equal($"/events/{InventedDay.LeadSlug}", report.Path);
        Assert.NotNull(report.Source);
        Assert.Contains("\u0002", report.Snippet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_narrow_and_unknown_ones_are_ignored()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var events = await room.Search.FindAsync(new SearchRequest { Words = "karsk", Kinds = ["event"] }, Cancel);
        var all = await room.Search.FindAsync(new SearchRequest { Words = "karsk", Kinds = ["nonsense"] }, Cancel);

        Assert.All(events.Found, f => Assert.Equal("event", f.Kind));
        Assert.True(all.Found.Select(f => f.Kind).Distinct().Count() > 1);
    }

    private static string Written(ParsedSearch.Usable usable) =>
        string.Join(" & ", usable.Query.Groups.Select(g => string.Join(" | ", g.Select(Text))))
        + string.Concat(usable.Query.Without.Select(p => $" ! {Text(p)}"));

    private static string Text(CyberInsights.Storage.SearchPhrase phrase) =>
        string.Join(' ', phrase.Words) + (phrase.Prefix ? "*" : "");
}
