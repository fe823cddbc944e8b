using CyberInsights.Recognise;
using CyberInsights.Recognise.Facts;

namespace CyberInsights.Tests.Recognise.Facts;

public sealed class DateTests
{
    // A Thursday.
    private static readonly DateTimeOffset Told = new(2026, 3, 5, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en", "The attack began on March 3, 2024.", "2024-03-03", "Happened")]
    [InlineData("en", "The attack began on Tuesday.", "2026-03-03", "Happened")]
    [InlineData("en", "The breach was discovered last week.", "2026-02-23/2026-03-01", "Discovered")]
    [InlineData("en", "The company was hacked in December.", "2025-12", "Happened")]
    [InlineData("en", "The company was hacked in May 2021.", "2021-05", "Happened")]
    [InlineData("en", "The intrusion was detected two weeks ago.", "2026-02-16/2026-02-22", "Discovered")]
    [InlineData("en", "The attack hit between July 28th and 29th.", "2025-07-28/2025-07-29", "Happened")]
    [InlineData("en", "The bank announced it on 2026-02-11.", "2026-02-11", "Disclosed")]
    [InlineData("de", "Der Angriff ereignete sich am Dienstag.", "2026-03-03", "Happened")]
    [InlineData("de", "Der Angriff begann am 24. November 2025.", "2025-11-24", "Happened")]
    [InlineData("fr", "L'attaque a eu lieu le 24 novembre 2025.", "2025-11-24", "Happened")]
    [InlineData("es", "El ataque ocurrió el 3 de marzo de 2026.", "2026-03-03", "Happened")]
    [InlineData("cs", "Útok začal v úterý.", "2026-03-03", "Happened")]
    [InlineData("ru", "Атака началась 24 ноября 2025 года.", "2025-11-24", "Happened")]
    [InlineData("ru", "Компания сообщила об этом во вторник, сообщили вчера.", "2026-03-03", "Disclosed")]
    public void A_date_is_read_with_what_it_is_the_date_of(string language, string text, string value, string role)
    {
        var dates = Recogniser.Read("", text, language, Told).Facts.Where(f => f.Kind == FactKind.Date).ToList();

        Assert.Equal((value, role), (dates[0].Value, dates[0].Role));
    }

    [Theory]
    [InlineData("The patch for the attack comes next Tuesday.")]
    [InlineData("Agencies were told to patch by Friday.")]
    [InlineData("On Patch Tuesday the flaws were published.")]
    [InlineData("The attack may march on.")]
    public void What_is_ahead_or_a_name_is_no_date(string text) =>
        Assert.DoesNotContain(Recogniser.Read("", text, "en", Told).Facts, f => f.Kind == FactKind.Date);

    [Fact]
    public void A_day_without_a_year_needs_the_date_of_the_report() =>
        Assert.DoesNotContain(
            Recogniser.Read("", "The attack began on Tuesday.", "en").Facts,
            f => f.Kind == FactKind.Date
        );

    [Fact]
    public void A_statement_is_said_on_the_day_its_sentence_tells()
    {
        const string text = "Albania on Monday accused Iran of breaking into its port systems.";

        var statement = Recogniser.Read("", text, "en", Told).Statements[0];

        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), statement.SaidAt);
        Assert.Equal("Monday", $"\n{text}".Substring(statement.SaidOn!.Value.Start, statement.SaidOn.Value.Length));
    }

    [Fact]
    public void A_statement_without_a_day_is_said_when_the_report_was_published()
    {
        var statement = Recogniser
            .Read("", "Albania accused Iran of breaking into its port systems.", "en", Told)
            .Statements[0];

        Assert.Equal((Told, null), (statement.SaidAt, statement.SaidOn));
    }

    [Fact]
    public void The_day_of_the_attack_is_not_the_day_of_the_statement()
    {
        var text = "Albania accused Iran of attacking on Monday its port systems.";

        var statement = Recogniser.Read("", text, "en", Told).Statements[0];

        Assert.Null(statement.SaidOn);
    }
}
