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
    [InlineData("e.g. (x)", "e g & x")]
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

        var events = await room.Search.FindAsync(Ask("karsk", "kind", "event"), Cancel);
        var all = await room.Search.FindAsync(Ask("karsk", "kind", "nonsense"), Cancel);

        Assert.All(events.Found, f => Assert.Equal("event", f.Kind));
        Assert.True(all.Found.Select(f => f.Kind).Distinct().Count() > 1);
    }

    [Theory]
    [InlineData("actor:apt31", "", "actor:apt31")]
    [InlineData("Country:CZ breach", "breach", "country:CZ")]
    [InlineData("-actor:\"Quiet Heron\" breach", "breach", "not actor:Quiet Heron")]
    [InlineData("breach NOT lang:de", "breach", "not lang:de")]
    [InlineData("country:CZ OR country:SK", "", "country:CZ OR country:SK")]
    [InlineData("after:2025-05-01 before:2025-06-01 x", "x", "after:2025-05-01, before:2025-06-01")]
    [InlineData("stance:", "stance", "")]
    [InlineData("https://a.example/x", "https a example x", "")]
    public void Fields_are_read_apart_from_words(string written, string words, string fields)
    {
        var usable = Assert.IsType<ParsedSearch.Usable>(SearchParser.Parse(written));

        Assert.Equal(words, Written(usable));
        Assert.Equal(fields, string.Join(", ", usable.Fields.Select(f => (f.Not ? "not " : "") + f.Written)));
    }

    [Fact]
    public void A_name_before_a_colon_that_is_no_field_is_read_as_words_and_told()
    {
        var usable = Assert.IsType<ParsedSearch.Usable>(SearchParser.Parse("site:news.example"));

        Assert.Equal("site news example", Written(usable));
        Assert.Equal(["site"], usable.NoFields);
    }

    [Fact]
    public async Task Fields_find_by_what_was_understood()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var byActor = await room.Search.FindAsync(Ask("actor:\"quiet heron\""), Cancel);
        var byCountry = await room.Search.FindAsync(Ask("country:CZ"), Cancel);
        var without = await room.Search.FindAsync(Ask("country:CZ -actor:quiet-heron"), Cancel);
        var bySource = await room.Search.FindAsync(Ask("source:\"Central Wire\""), Cancel);
        var byStance = await room.Search.FindAsync(Ask("stance:accuse"), Cancel);
        var later = await room.Search.FindAsync(Ask("karsk after:2025-05-29"), Cancel);
        var earlier = await room.Search.FindAsync(Ask("karsk before:2025-05-29"), Cancel);

        Assert.Contains(byActor.Found, f => f.Path == $"/events/{InventedDay.LeadSlug}");
        Assert.True(byCountry.Total > without.Total && without.Total > 0);
        Assert.All(bySource.Found.Where(f => f.Kind == "report"), f => Assert.Equal("Central Wire", f.Source!.Name));
        Assert.NotEmpty(byStance.Found);
        Assert.NotEmpty(later.Found);
        Assert.All(later.Found, f => Assert.True(f.At >= InventedDay.Now.Date));
        Assert.NotEmpty(earlier.Found);
        Assert.All(earlier.Found, f => Assert.True(f.At < InventedDay.Now.Date));
    }

    [Fact]
    public async Task What_a_field_cannot_mean_is_left_out_and_named()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var page = await room.Search.FindAsync(Ask("karsk actor:nobody before:0000-00-00 site:x"), Cancel);

        Assert.Equal(
            [("Field", "site", ""), ("Value", "actor", "nobody"), ("Date", "before", "0000-00-00")],
            page.Ignored.Select(i => (i.Why.ToString(), i.Field, i.Value))
        );
    }

    [Fact]
    public async Task Facets_count_what_each_choice_leaves()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var all = await room.Search.FindAsync(Ask("karsk"), Cancel);
        var reports = await room.Search.FindAsync(Ask("karsk", "kind", "report"), Cancel);

        var kinds = all.Facets.First(f => f.Name == "kind").Choices;
        Assert.Equal(all.Total, kinds.Sum(c => c.Count));
        Assert.Equal(reports.Total, kinds.First(c => c.Value == "report").Count);
        // Beside the chosen kind the others still say what choosing them would add.
        Assert.Equal(
            kinds.Select(c => (c.Value, c.Count)).Order(),
            reports.Facets.First(f => f.Name == "kind").Choices.Select(c => (c.Value, c.Count)).Order()
        );
        var country = all.Facets.First(f => f.Name == "country").Choices[0];
        var narrowed = await room.Search.FindAsync(Ask("karsk", "country", country.Value), Cancel);
        Assert.Equal(country.Count, narrowed.Total);
    }

    [Fact]
    public async Task A_slip_of_the_pen_is_told_but_not_put_right_by_itself()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var page = await room.Search.FindAsync(Ask("minsitry karsk"), Cancel);

        Assert.Equal("ministry karsk", page.Meant);
        Assert.Equal("minsitry karsk", page.Request.Words);
        Assert.Empty(page.Found);
    }

    [Fact]
    public async Task A_long_question_finds_what_has_most_of_its_words()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var page = await room.Search.FindAsync(Ask("karsk names velonia zeppelin"), Cancel);

        Assert.True(page.MostWords);
        Assert.NotEmpty(page.Found);
    }

    [Fact]
    public async Task What_is_written_so_far_suggests_entities_topics_sources_and_events()
    {
        await using var room = await ReadingRoom.OpenAsync();
        await InventedDay.FillAsync(room.Database);

        var heron = await room.Suggestions.ReadAsync("quiet he", Cancel);
        var policy = await room.Suggestions.ReadAsync("poli", Cancel);
        var wire = await room.Suggestions.ReadAsync("central", Cancel);
        var karsk = await room.Suggestions.ReadAsync("karsk nam", Cancel);

        Assert.Contains(heron, s => s is { Kind: "entity", Path: "/entities/quiet-heron" });
        Assert.Contains(policy, s => s is { Kind: "topic", Path: "/topics/policy" });
        Assert.Contains(wire, s => s is { Kind: "source", Text: "Central Wire" });
        Assert.Contains(karsk, s => s is { Kind: "event" } && s.Path == $"/events/{InventedDay.LeadSlug}");
        Assert.Empty(await room.Suggestions.ReadAsync("k", Cancel));
        Assert.Empty(await room.Suggestions.ReadAsync(new string('k', 65), Cancel));
    }

    private static SearchRequest Ask(string words) => new() { Words = words };

    private static SearchRequest Ask(string words, string facet, string value) =>
        new()
        {
            Words = words,
            Chosen = new Dictionary<string, IReadOnlyList<string>> { [facet] = [value] },
        };

    private static string Written(ParsedSearch.Usable usable) =>
        string.Join(" & ", usable.Query.Groups.Select(g => string.Join(" | ", g.Select(Text))))
        + string.Concat(usable.Query.Without.Select(p => $" ! {Text(p)}"));

    private static string Text(CyberInsights.Storage.SearchPhrase phrase) =>
        string.Join(' ', phrase.Words) + (phrase.Prefix ? "*" : "");
}
