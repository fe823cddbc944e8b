using CyberInsights.Storage;

namespace CyberInsights.Tests.Storage.Searching;

public sealed class SearchKeysTests
{
    [Fact]
    public void A_span_of_days_is_made_of_whole_years_months_and_days() =>
        Assert.Equal(
            ["d20241130", "m202412", "y2025", "m202601", "d20260201", "d20260202"],
            SearchKeys.Between(Day(2024, 11, 30), Day(2026, 2, 3))
        );

    [Fact]
    public void A_span_without_an_end_reaches_to_the_last_year_that_is_filed()
    {
        Assert.Equal(["d20991231"], SearchKeys.Between(Day(2099, 12, 31), null));
        Assert.Equal(["d19700101", "d19700102"], SearchKeys.Between(null, Day(1970, 1, 3)));
        Assert.Empty(SearchKeys.Between(Day(2026, 2, 3), Day(2026, 2, 3)));
    }

    [Theory]
    [InlineData("pt-BR", "lpt")]
    [InlineData("EN", "len")]
    [InlineData("", null)]
    [InlineData("../x", null)]
    public void A_language_is_filed_by_its_primary_tag(string language, string? key) =>
        Assert.Equal(key, SearchKeys.Language(language));

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
