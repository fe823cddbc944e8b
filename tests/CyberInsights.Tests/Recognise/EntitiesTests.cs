using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

public sealed class EntitiesTests
{
    [Theory]
    [InlineData("en", "Chinese hackers broke in.", "country:cn")]
    [InlineData("en", "Beijing denies it.", "country:cn")]
    [InlineData("en", "The Kremlin declined to comment.", "country:ru")]
    [InlineData("en", "Iran's embassy in Tirana answered.", "organisation:ir-embassy-al")]
    [InlineData("en", "The German government spoke.", "organisation:german-government")]
    [InlineData("en", "The foreign ministry of Iran spoke.", "organisation:ir-foreign-ministry")]
    [InlineData("en", "The Chinese Ministry of State Security spoke.", "organisation:ministry-of-state-security")]
    [InlineData("en", "North Korea's Ministry of State Security spoke.", "organisation:kp-state-security-ministry")]
    [InlineData("en", "The group Violet Typhoon is back.", "actor:apt31")]
    [InlineData("en", "APT-31 is back.", "actor:apt31")]
    [InlineData("en", "LockBit ransomware is back.", "malware:lockbit")]
    [InlineData("en", "They exploit cve-2021-44228 now.", "vulnerability:cve-2021-44228")]
    [InlineData("en", "They exploit CVE‑2021‑44228 now.", "vulnerability:cve-2021-44228")]
    [InlineData("en", "Members of the EU met.", "bloc:eu")]
    [InlineData("en", "They hit hospitals.", "sector:health")]
    [InlineData("en", "The CISA advisory is out.", "organisation:cybersecurity-and-infrastructure-security-agency")]
    [InlineData("en", "Students of Masaryk University met.", "organisation:masaryk-university")]
    [InlineData("de", "Das chinesische Außenministerium schweigt.", "organisation:cn-foreign-ministry")]
    [InlineData("de", "Die US-Regierung schweigt.", "organisation:us-government")]
    [InlineData("cs", "České ministerstvo zahraničí mlčí.", "organisation:cz-foreign-ministry")]
    [InlineData("cs", "Velvyslanectví Číny v Praze mlčí.", "organisation:cn-embassy-cz")]
    [InlineData("ar", "وزارة الخارجية الصينية تصمت.", "organisation:cn-foreign-ministry")]
    [InlineData("ar", "والصين تصمت.", "country:cn")]
    public void A_text_names_an_entity(string language, string text, string key) =>
        Assert.Contains(key, Keys(text, language));

    [Theory]
    [InlineData("She asked us to polish the china.")]
    [InlineData("He read it in the Washington Post.")]
    [InlineData("The conference takes place in Beijing.")]
    [InlineData("They play a game and use a shadow.")]
    [InlineData("TELL US WHO WINS IT NOW")]
    public void A_word_that_only_looks_like_a_state_or_a_malware_is_none(string text) =>
        Assert.DoesNotContain(
            Keys(text, "en"),
            k =>
                k.StartsWith("country:", StringComparison.Ordinal)
                || k.StartsWith("malware:", StringComparison.Ordinal)
                || k.StartsWith("bloc:", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("Foreign Minister Eva Novakova arrived.", "eva-novakova", "Foreign Minister", null)]
    [InlineData("Norwegian Prime Minister Kari Example arrived.", "kari-example", "Prime Minister", "NO")]
    [InlineData("The EU envoy Eva Novakova arrived.", "eva-novakova", "EU envoy", "EU")]
    [InlineData("Eva Novakova, the Polish digital minister, arrived.", "eva-novakova", "Polish digital minister", "PL")]
    [InlineData("Peter Example, CEO of Microsoft, arrived.", "peter-example", "CEO of Microsoft", "US")]
    [InlineData(
        "Chinese Foreign Ministry spokeswoman Li Example arrived.",
        "li-example",
        "Chinese Foreign Ministry spokeswoman",
        "CN"
    )]
    public void A_person_is_known_by_an_office(string text, string slug, string role, string? code)
    {
        var person = Assert.Single(Recogniser.Read("", text, "en").Mentions, m => m.Entity.Kind == EntityKind.Person);

        Assert.Equal((slug, role, code), (person.Entity.Slug, person.Role, person.Entity.Code));
    }

    [Fact]
    public void A_surname_alone_is_the_person_named_before()
    {
        var found = Recogniser.Read("", "Foreign Minister Eva Novakova arrived. Novakova left.", "en");

        Assert.Equal(2, found.Mentions.Count(m => m.Entity.Key == "person:eva-novakova"));
    }

    [Fact]
    public void An_alias_is_kept_with_who_uses_it()
    {
        var actor = Recogniser
            .Read("", "APT31 is back.", "en")
            .Mentions.Single(m => m.Entity.Kind == EntityKind.Actor)
            .Entity;

        Assert.Contains(new EntityName("Violet Typhoon", "Microsoft"), actor.Names);
        Assert.Equal("CN", actor.Code);
    }

    [Theory]
    [InlineData(
        "APT31 has been linked to the Chinese Ministry of State Security.",
        EntityLinkKind.LinkedTo,
        "organisation:ministry-of-state-security"
    )]
    [InlineData("The China-linked APT31 is back.", EntityLinkKind.LinkedTo, "country:cn")]
    [InlineData("The Chinese state-sponsored group APT31 is back.", EntityLinkKind.BackedBy, "country:cn")]
    [InlineData("APT28, a unit of the GRU, is back.", EntityLinkKind.PartOf, "organisation:gru")]
    public void A_sentence_tells_whose_an_actor_is(string text, EntityLinkKind kind, string to)
    {
        var link = Assert.Single(Recogniser.Read("", text, "en").Links);

        Assert.Equal((kind, to), (link.Kind, link.To.Key));
    }

    [Fact]
    public void A_denied_link_is_none() =>
        Assert.Empty(Recogniser.Read("", "APT31 is not linked to Iran.", "en").Links);

    [Theory]
    [InlineData("Ransomware gang hits hospital, data stolen in cyberattack", Section.Attacks)]
    [InlineData("Critical vulnerability CVE-2026-1234 patched after exploitation", Section.Flaws)]
    [InlineData("OpenAI shows new ChatGPT model, rivals answer with LLM of their own", Section.Ai)]
    [InlineData("Police arrested fraudsters after extradition, indictment says", Section.Crime)]
    [InlineData("Parliament votes on new regulation, lawmakers argue about legislation", Section.Policy)]
    [InlineData("Embassy summoned over espionage, ambassador answers sanctions", Section.States)]
    [InlineData("New smartphone chips launched, quantum laptop to follow", Section.Technology)]
    public void A_headline_is_filed_under_its_section(string title, Section section)
    {
        var topics = Recogniser.Read(title, "", "en").Topics;

        Assert.Equal(section, topics[0].Section);
        Assert.InRange(topics.Count, 1, Sections.MaxPerReport);
        Assert.Equal(1, topics.Sum(t => t.Weight), 3);
    }

    [Fact]
    public void A_text_about_nothing_of_ours_is_filed_nowhere() =>
        Assert.Empty(Recogniser.Read("Local baker wins prize", "The bread was good.", "en").Topics);

    private static IReadOnlyList<string> Keys(string text, string language) =>
        [.. Recogniser.Read("", text, language).Mentions.Select(m => m.Entity.Key)];
}
