using CyberInsights.Edit;

namespace CyberInsights.Tests.Edit;

public sealed class ChartTextTests
{
    [Fact]
    public void Words_and_numbers_are_read_as_they_are_written()
    {
        var chart = ChartText.Read(
            "Title: Ransom paid: by year\nunit: million\nsource: Institute, report 7, https://institute.example/7\n\n2024: 12.5\n Q1: 2025 : -3\nsource: 4",
            out _
        )!;

        Assert.Equal(("Ransom paid: by year", "million"), (chart.Title, chart.Unit));
        Assert.Equal(("Institute, report 7", "https://institute.example/7"), (chart.Source, chart.SourceAddress));
        Assert.Equal([new("2024", 12.5), new("Q1: 2025", -3), new("source", 4)], chart.Bars);
    }

    [Theory]
    [InlineData("title: T\na: 1,200", "a: 1,200")]
    [InlineData("title: T\na: NaN", "a: NaN")]
    [InlineData("title: T\na: Infinity", "a: Infinity")]
    [InlineData("title: T\na: 1e3", "a: 1e3")]
    [InlineData("title: T\na: 1000000000000001", "a: 1000000000000001")]
    [InlineData("title: T\n: 1", ": 1")]
    [InlineData("title: T\nno number", "no number")]
    [InlineData("a: 1", "")]
    [InlineData("title: T", "")]
    [InlineData("", "")]
    public void What_is_none_is_told_by_its_line(string text, string line)
    {
        Assert.Null(ChartText.Read(text, out var fault));
        Assert.Equal(line, fault);
    }

    [Fact]
    public void Twenty_bars_and_forty_characters_are_a_chart_and_one_more_is_none()
    {
        Assert.Equal(Chart.MaxBars, ChartText.Read(Bars(Chart.MaxBars), out _)!.Bars.Count);
        Assert.Null(ChartText.Read(Bars(Chart.MaxBars + 1), out _));
        Assert.NotNull(ChartText.Read($"title: T\n{new string('x', Chart.MaxLabel)}: 1", out _));
        Assert.Null(ChartText.Read($"title: T\n{new string('x', Chart.MaxLabel + 1)}: 1", out _));
        Assert.Null(ChartText.Read($"title: {new string('x', Chart.MaxWords + 1)}\na: 1", out _));
    }

    [Fact]
    public void Feeds_get_a_table_and_no_markup_of_the_writer()
    {
        var html = ArticleText.Html(
            ArticleText.Parts("```chart\ntitle: <b>T</b>\nsource: javascript:x <i>\na<script>: 1\n```")
        );

        Assert.Contains("<th>a&lt;script&gt;</th><td>1 </td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```chart\ntitle: T\na: 1\n```", "names no source")]
    [InlineData("```chart\ntitle: T\na: b\n```", "'a: b'")]
    public void A_file_with_a_chart_that_may_not_go_out_is_refused(string markdown, string told)
    {
        var refusal = Assert.Throws<RefusalException>(() =>
            ArticleFile.Parse("a.md", $"---\ntitle: T\nauthor: A\npublished: 2025-05-28\n---\n{markdown}")
        );

        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
    }

    private static string Bars(int count) =>
        string.Join('\n', Enumerable.Range(1, count).Select(i => $"{i}: {i}").Prepend("title: T"));
}
