using CyberInsights.Recognise;
using CyberInsights.Recognise.Facts;

namespace CyberInsights.Tests.Recognise.Facts;

public sealed class NumberTests
{
    [Theory]
    [InlineData("en", "The breach exposed 1.3 million customer records.", "Records", 1.3e6, 1.3e6)]
    [InlineData("en", "The breach affects more than 27,000 individuals.", "People", 27_000d, null)]
    [InlineData("en", "Up to 500 companies were hit.", "Organisations", null, 500d)]
    [InlineData("en", "Attackers reached dozens of servers.", "Systems", 24d, null)]
    [InlineData("en", "Hundreds of thousands of users are told.", "People", 200_000d, null)]
    [InlineData("en", "Half a million routers were infected.", "Systems", 500_000d, 500_000d)]
    [InlineData("en", "6K+ Customers Robbed at Tallyroll", "People", 6_000d, null)]
    [InlineData("en", "Between 50-60 hospitals are closed.", "Organisations", 50d, 60d)]
    [InlineData("en", "The crew took 20GB of mail.", "Data", 20e9, 20e9)]
    [InlineData("en", "The vendor fixed two critical vulnerabilities.", "Flaws", 2d, 2d)]
    [InlineData("de", "Betroffen sind 2,5 Millionen Kunden.", "People", 2.5e6, 2.5e6)]
    [InlineData("de", "Mehr als 500.000 Datensätze wurden kopiert.", "Records", 500_000d, null)]
    [InlineData("fr", "Environ 500 000 clients sont touchés.", "People", 500_000d, 500_000d)]
    [InlineData("es", "La brecha afecta a 12 000 pacientes.", "People", 12_000d, 12_000d)]
    [InlineData("cs", "Unikly údaje 30 tisíc zákazníků.", "People", 30_000d, 30_000d)]
    [InlineData("ru", "Утекли данные 2 млн пользователей.", "People", 2e6, 2e6)]
    public void A_number_is_found_with_what_it_counts(
        string language,
        string text,
        string role,
        double? least,
        double? most
    )
    {
        var fact = Assert.Single(Numbers(text, language));

        Assert.Equal((role, least, most), (fact.Role, fact.Least, fact.Most));
    }

    [Theory]
    [InlineData("en", "The gang demanded a ransom of $4.4 million.", "RansomAsked", "USD", 4.4e6)]
    [InlineData("en", "The city paid €320,000 to the ransomware crew.", "RansomPaid", "EUR", 320_000)]
    [InlineData("en", "Thieves stole about £20m from the exchange.", "Stolen", "GBP", 20e6)]
    [InlineData("en", "Tallyroll Raises $147M", "Funding", "USD", 147e6)]
    [InlineData("en", "The regulator fined the bank 3 million euros.", "Fine", "EUR", 3e6)]
    [InlineData("de", "Der Schaden liegt bei 20 Mio. Euro.", "Loss", "EUR", 20e6)]
    [InlineData("ru", "Ущерб составил 18 млн рублей.", "Loss", "RUB", 18e6)]
    public void Money_is_found_with_its_currency_and_purpose(
        string language,
        string text,
        string role,
        string unit,
        double value
    )
    {
        var fact = Assert.Single(Numbers(text, language));

        Assert.Equal((role, unit, value), (fact.Role, fact.Unit, fact.Least ?? fact.Most));
    }

    [Theory]
    [InlineData("The flaw CVE-2026-1234 lies in Windows 10 devices.")]
    [InlineData("A 36-year-old man was charged at 12:30.")]
    [InlineData("Some 57% of users still run it.")]
    [InlineData("In 2024 companies were careless.")]
    [InlineData("DoS vulnerabilities were found.")]
    public void What_counts_nothing_is_no_number(string text) => Assert.Empty(Numbers(text, "en"));

    [Fact]
    public void The_proof_holds_the_bound_and_the_noun()
    {
        const string text = "It says more than 5,000 people had to wait.";

        var fact = Assert.Single(Numbers(text, "en"));

        Assert.Equal("more than 5,000 people", $"\n{text}".Substring(fact.Span.Start, fact.Span.Length));
    }

    private static List<FactDraft> Numbers(string text, string language) =>
        [.. Recogniser.Read("", text, language).Facts.Where(f => f.Kind == FactKind.Number)];
}
