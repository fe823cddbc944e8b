using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

/// <summary>The page that the newsroom was made after: what its text must give at least, and that nothing in it is invented.</summary>
public sealed class ModelPageTests
{
    private static readonly Recognition Found = Recogniser.Read(ModelPage.Title, ModelPage.Text, "en");

    [Theory]
    [InlineData("Czech Republic", null, "CZ", Stance.Accuse, "China", null)]
    [InlineData("China", null, "CN", Stance.Deny, "allegations", null)]
    [InlineData("Embassy of China in Prague", null, "CN", Stance.Demand, "Czech government", "microphone diplomacy.")]
    [InlineData("Czech government", null, "CZ", Stance.Accuse, "APT31", null)]
    [InlineData("Jan Lipavský", "Foreign Minister", "CZ", Stance.Protest, "China", "I summoned the Chinese ambassador")]
    [InlineData(
        "Czech government",
        null,
        "CZ",
        Stance.Condemn,
        "cyber campaign against its critical infrastructure",
        null
    )]
    [InlineData("Embassy of China in Prague", null, "CN", Stance.Deflect, null, "strong concern and firm opposition")]
    [InlineData("NATO", null, null, Stance.Support, "Czech Republic", null)]
    [InlineData("European Union", null, "EU", Stance.Support, "Czech Republic", null)]
    [InlineData("United Kingdom", null, "GB", Stance.Condemn, "incident", null)]
    [InlineData("United States", null, "US", Stance.Condemn, "cyber actions", null)]
    [InlineData(
        "Embassy of the United States in Prague",
        null,
        "US",
        Stance.Condemn,
        "cyber actions",
        "This is yet another example of harmful cyber activity"
    )]
    [InlineData(
        "Kaja Kallas",
        "EU foreign policy chief",
        "EU",
        Stance.Demand,
        "all nations",
        "States should not permit their territories"
    )]
    public void It_gives_who_says_what(
        string speaker,
        string? role,
        string? country,
        Stance stance,
        string? target,
        string? quotedFrom
    )
    {
        Assert.Contains(
            Found.Statements,
            s =>
                s.SpeakerName == speaker
                && s.SpeakerRole == role
                && s.SpeakerCountry == country
                && s.Stance == stance
                && (target is null || s.TargetName == target)
                && (quotedFrom is null || QuoteOf(s)?.StartsWith(quotedFrom, StringComparison.Ordinal) == true)
        );
    }

    [Fact]
    public void Its_headline_gives_the_accusation_and_the_denial()
    {
        var title = Found.Statements.Where(s => s.Sentence.Start == 0).ToList();

        Assert.Equal(
            [("Czech Republic", Stance.Accuse), ("China", Stance.Deny)],
            title.Select(s => (s.SpeakerName, s.Stance))
        );
    }

    [Fact]
    public void It_has_about_twenty_statements_and_no_speaker_but_those_of_the_text()
    {
        string[] speakers =
        [
            "China",
            "Czech Republic",
            "Czech government",
            "Embassy of China in Prague",
            "Embassy of the United States in Prague",
            "European Union",
            "Jan Lipavský",
            "Kaja Kallas",
            "NATO",
            "United Kingdom",
            "United States",
        ];

        Assert.Equal(speakers, Found.Statements.Select(s => s.SpeakerName).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(Found.Statements.Count, 18, 24);
    }

    [Fact]
    public void It_has_these_statements_and_no_others() =>
        Assert.Equal(
            """
            Czech Republic Accuse China
            China Deny Claims
            Czech Republic Accuse China
            China Deny allegations
            Embassy of China in Prague Demand Czech government
            Czech government Accuse APT31
            Jan Lipavský Report
            Jan Lipavský Protest China
            Jan Lipavský Report
            Czech government Condemn cyber campaign against its critical infrastructure
            Embassy of China in Prague Deflect accusations
            Embassy of China in Prague Demand Czech Republic
            Embassy of China in Prague Deflect China’s position on APT31
            NATO Support Czech Republic
            European Union Support Czech Republic
            United Kingdom Condemn incident
            United States Condemn cyber actions
            Embassy of the United States in Prague Condemn cyber actions
            European Union Report
            Kaja Kallas Demand all nations
            Kaja Kallas Demand all nations
            """,
            string.Join('\n', Found.Statements.Select(s => $"{s.SpeakerName} {s.Stance} {s.TargetName}".TrimEnd()))
        );

    [Fact]
    public void It_links_the_actor_to_the_ministry()
    {
        var link = Assert.Single(Found.Links);

        Assert.Equal(
            ("actor:apt31", EntityLinkKind.LinkedTo, "organisation:ministry-of-state-security"),
            (link.From.Key, link.Kind, link.To.Key)
        );
    }

    [Fact]
    public void It_is_filed_under_states() => Assert.Equal(Section.States, Found.Topics[0].Section);

    private static string? QuoteOf(StatementDraft statement) =>
        statement.Quote is { } quote
            ? $"{ModelPage.Title}\n{ModelPage.Text}".Substring(quote.Start, quote.Length)
            : null;
}
