using CyberInsights.Recognise;
using CyberInsights.Recognise.Facts;

namespace CyberInsights.Tests.Recognise.Facts;

public sealed class HappeningTests
{
    [Theory]
    [InlineData("en", "Tallyroll confirms ransomware attack", "Ransomware")]
    [InlineData("en", "Police arrest three in phone scam", "Arrest")]
    [InlineData("en", "Flaw in Sluicegate firewalls under active exploitation", "Exploitation")]
    [InlineData("de", "Datenleck bei Tallyroll: Kundendaten im Netz", "Breach")]
    [InlineData("fr", "Tallyroll victime d'un rançongiciel", "Ransomware")]
    [InlineData("cs", "Policie zatkla dva muže, útočili ransomwarem", "Ransomware")]
    [InlineData("ru", "В маршрутизаторах нашли уязвимость", "Vulnerability")]
    public void The_kind_is_told_by_words(string language, string title, string kind) =>
        Assert.Contains(Of(title, language, FactKind.Happening), f => f.Value == kind);

    [Theory]
    [InlineData("Webinar: how to live with ransomware")]
    [InlineData("Local baker wins prize")]
    public void Advice_and_other_things_have_no_kind(string title) => Assert.Empty(Of(title, "en", FactKind.Happening));

    [Theory]
    [InlineData("en", "Hackers breached the Thornmere Hospital on Monday.", "Thornmere Hospital")]
    [InlineData("en", "Thornmere Hospital was hit by a ransomware attack.", "Thornmere Hospital")]
    [InlineData("en", "The attack on Thornmere Hospital lasted two days.", "Thornmere Hospital")]
    [InlineData("en", "Thornmere Hospital discloses data breach after phishing", "Thornmere Hospital")]
    [InlineData("en", "The crew stole money from the Bank of Eskerport.", "Bank of Eskerport")]
    [InlineData("de", "Der Angriff auf Microsoft begann am Montag.", "Microsoft")]
    public void The_victim_is_who_was_hit(string language, string text, string victim) =>
        Assert.Contains(victim, Of(text, language, FactKind.Victim)[0].Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("Attackers exploited the flaw.")]
    [InlineData("A massive data breach was reported.")]
    [InlineData("The hackers targeted vulnerabilities.")]
    public void What_is_no_victim_is_none(string text) => Assert.Empty(Of(text, "en", FactKind.Victim));

    [Fact]
    public void The_sector_is_told_by_the_name_of_the_victim() =>
        Assert.Equal(
            "Health",
            Assert.Single(Of("Hackers breached the Thornmere Hospital.", "en", FactKind.Sector)).Value
        );

    [Fact]
    public void Who_is_blamed_is_the_initiator_as_named_by_the_speaker()
    {
        var initiator = Of("Albania accused Iran of breaking into its port systems.", "en", FactKind.Initiator)[0];

        Assert.Equal(("Iran", "Albania"), (initiator.Value, initiator.NamedBy));
    }

    [Fact]
    public void A_state_before_a_word_for_attackers_is_an_initiator() =>
        Assert.Contains(
            Of("Chinese state-sponsored hackers entered the ministry.", "en", FactKind.Initiator),
            f => f.Value == "China"
        );

    private static List<FactDraft> Of(string text, string language, FactKind kind) =>
        [.. Recogniser.Read(text, "", language).Facts.Where(f => f.Kind == kind)];
}
