using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Travellers flew from Turkey to Norway.", "country:tr")]
    [InlineData("The minister of Georgia met his colleague.", "country:ge")]
    [InlineData("Turkish officials spoke.", "country:tr")]
    [InlineData("The Play ransomware hit a school.", "malware:play")]
    [InlineData("The Play gang hit a school.", "actor:play")]
    [InlineData("The group Lazarus is back.", "actor:lazarus-group")]
    [InlineData("Apple fixed two flaws in its browser.", "organisation:apple")]
    [InlineData("They met in Brno on Friday.", "place:brno")]
    [InlineData("European towns were hit.", "place:europe")]
    [InlineData("The technique T1059.001 is common.", "technique:t1059.001")]
    public void A_name_is_taken_for_what_its_words_around_say(string text, string key) =>
        Assert.Contains(Recogniser.Read("", text, "en").Mentions, m => m.Entity.Key == key);

    [Theory]
    [InlineData("She baked the turkey for an hour.", "country:tr")]
    [InlineData("He studies at Georgia Tech.", "country:ge")]
    [InlineData("Play the video to learn more.", "malware:play")]
    [InlineData("An apple a day is good.", "organisation:apple")]
    [InlineData("It is an Out-of-Bounds read.", "malware:bounds")]
    [InlineData("The meeting is in August.", "malware:august")]
    [InlineData("A Russian company sells it.", "malware:russian")]
    [InlineData("It is a Trojan for phones.", "place:trojan")]
    public void An_ordinary_word_is_no_name(string text, string key) =>
        Assert.DoesNotContain(Recogniser.Read("", text, "en").Mentions, m => m.Entity.Key == key);

    [Fact]
    public void A_context_given_once_tells_of_the_whole_text()
    {
        var mentions = Recogniser.Read("", "The Ares malware is new. Later, Ares steals passwords.", "en").Mentions;

        Assert.Equal(2, mentions.Count(m => m.Entity is { Kind: EntityKind.Malware, Name: "Ares" }));
    }

    [Fact]
    public void A_family_that_no_list_has_is_known_by_its_ending()
    {
        var mention = Assert.Single(
            Recogniser.Read("", "Attackers now use QuillonStealer widely.", "en").Mentions,
            m => m.Entity.Kind == EntityKind.Malware
        );

        Assert.Equal(("malware:quillonstealer", MentionReason.Form), (mention.Entity.Key, mention.Reason));
    }

    [Fact]
    public void A_text_teaches_the_names_of_its_companies()
    {
        const string text =
            "Quillon, a Danish software firm, was hit. The Brenwick Trade Office (BTO) spoke. Later Quillon and the BTO met.";

        var keys = Recogniser.Read("", text, "en").Mentions.Select(m => m.Entity.Key).ToList();

        Assert.Equal(2, keys.Count(k => k == "organisation:quillon"));
        Assert.Equal(3, keys.Count(k => k == "organisation:brenwick-trade-office"));
    }

    [Theory]
    [InlineData("SmokeLoader is back.")]
    [InlineData("Smoke Loader is back.")]
    public void A_name_is_one_in_one_word_or_two(string text) =>
        Assert.Contains(Recogniser.Read("", text, "en").Mentions, m => m.Entity.Key == "malware:smokeloader");

    [Fact]
    public void An_actor_carries_who_says_which_state_stands_behind_it()
    {
        var actor = Recogniser
            .Read("", "APT31 is back.", "en")
            .Mentions.Single(m => m.Entity.Kind == EntityKind.Actor)
            .Entity;

        Assert.Contains(new SponsorClaim("CN", "Microsoft"), actor.Sponsors);
        Assert.Contains(new EntityName("G0128", "ATT&CK"), actor.Names);
    }

    [Fact]
    public void A_mention_tells_what_made_it_be_recognised()
    {
        var mentions = Recogniser.Read("", "The Czech government warned of CVE-2026-1234.", "en").Mentions;

        Assert.Equal(MentionReason.Body, mentions.Single(m => m.Entity.Kind == EntityKind.Organisation).Reason);
        Assert.Equal(MentionReason.Form, mentions.Single(m => m.Entity.Kind == EntityKind.Vulnerability).Reason);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Ares ")]
    [InlineData("China, Iran, ")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("A\u0301\u200B")]
    public void Half_a_megabyte_of_one_piece_is_read(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length));

        Assert.All(Recogniser.Read("", text, "en").Mentions, m => Assert.InRange(m.End, 1, text.Length + 1));
    }
}
