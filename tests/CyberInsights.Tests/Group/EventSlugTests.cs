using CyberInsights.Group;

namespace CyberInsights.Tests.Group;

public sealed class EventSlugTests
{
    [Theory]
    [InlineData(
        "Prague names China over intrusion at its foreign ministry; Beijing rejects the charge",
        "prague-names-china-over-intrusion-at-its-foreign-"
    )]
    [InlineData("Lücke in Sluicegate", "lucke-in-sluicegate-")]
    [InlineData("براغ تتهم الصين", "")]
    [InlineData("../../etc/passwd <script>", "etc-passwd-script-")]
    public void A_slug_has_the_first_words_in_ascii_and_a_number(string title, string beginning)
    {
        var slug = EventSlug.Of(title, 123456789);

        Assert.StartsWith(beginning, slug, StringComparison.Ordinal);
        Assert.Matches("^[a-z0-9]{6}$", slug[beginning.Length..]);
    }

    [Fact]
    public void Neighbouring_ids_give_different_numbers() =>
        Assert.Equal(
            10_000,
            Enumerable
                .Range(0, 10_000)
                .Select(i => EventSlug.Of("", 7_000_000_000_000_000 + i))
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
}
