using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

public sealed class StatementsTests
{
    [Theory]
    // The plain forms.
    [InlineData("Norway accused Russia of the attack.", "Norway", Stance.Accuse, "Russia")]
    [InlineData("Norway blamed the attack on Russia.", "Norway", Stance.Accuse, "Russia")]
    [InlineData("Moscow denied the accusations.", "Russia", Stance.Deny, "accusations")]
    [InlineData("Russia has denied any involvement.", "Russia", Stance.Deny, "any involvement")]
    [InlineData("The Kremlin declined to comment.", "Russia", Stance.Decline, null)]
    [InlineData("NATO condemned the attack.", "NATO", Stance.Condemn, "attack")]
    [InlineData("Poland expressed its full support for Norway.", "Poland", Stance.Support, "Norway")]
    [InlineData("Norway urged Russia to stop.", "Norway", Stance.Demand, "Russia")]
    [InlineData("Norway summoned the Russian ambassador.", "Norway", Stance.Protest, "Russia")]
    [InlineData("The FBI warned of new attacks.", "Federal Bureau of Investigation", Stance.Warn, "new attacks")]
    [InlineData("The United States sanctioned two Russian banks.", "United States", Stance.Act, "Russia")]
    [InlineData("Microsoft confirmed the breach.", "Microsoft", Stance.Confirm, "breach")]
    [InlineData("Oracle denied that it was breached.", "Oracle", Stance.Refute, null)]
    [InlineData("ESET attributed the attack to APT31.", "ESET", Stance.Assess, "APT31")]
    [InlineData("Sweden called the attack unacceptable.", "Sweden", Stance.Condemn, "attack")]
    [InlineData("China called the report baseless.", "China", Stance.Deny, "report")]
    // Passive: only its agent speaks.
    [InlineData("Russia was accused by Norway of the attack.", "Norway", Stance.Accuse, "Russia")]
    [InlineData("Two banks were sanctioned by the United States.", "United States", Stance.Act, "Two banks")]
    // Negation.
    [InlineData("Russia did not deny the attack.", "Russia", Stance.Deflect, "attack")]
    [InlineData("Microsoft could not confirm the breach.", "Microsoft", Stance.Decline, "breach")]
    [InlineData("Russia refused to confirm the attack.", "Russia", Stance.Decline, null)]
    [InlineData("Norway stopped short of blaming Russia.", "Norway", Stance.Report, "Russia")]
    // Asides between subject and verb.
    [InlineData("Norway on Wednesday accused Russia of the attack.", "Norway", Stance.Accuse, "Russia")]
    [InlineData("Norway, in a statement on Monday, strongly condemned the attack.", "Norway", Stance.Condemn, "attack")]
    // Headlines.
    [InlineData("Norway Blames Russia for Dam Hack", "Norway", Stance.Accuse, "Russia")]
    // Own words, with the grounds in them.
    [InlineData("According to Norway, the attacks were carried out by APT28.", "Norway", Stance.Accuse, "APT28")]
    [InlineData("China said the accusations are baseless.", "China", Stance.Deny, null)]
    [InlineData("China said it opposes all hacking.", "China", Stance.Deflect, "all hacking")]
    // Refusals, denials and what is short of them.
    [InlineData("Russia has not denied the attack.", "Russia", Stance.Deflect, "attack")]
    [InlineData(
        "The Kremlin denied any involvement in the attack.",
        "Russia",
        Stance.Deny,
        "any involvement in the attack"
    )]
    [InlineData("Norway denied accusing Russia of the attack.", "Norway", Stance.Deny, "accusing Russia of the attack")]
    [InlineData("Poland stopped short of accusing Russia of the attack.", "Poland", Stance.Report, "Russia")]
    [InlineData("Microsoft refused to comment on the breach.", "Microsoft", Stance.Decline, null)]
    [InlineData("Norway never accused Russia of the attack.", "Norway", Stance.Report, "Russia")]
    [InlineData("Norway reportedly refused to blame Russia.", "Norway", Stance.Report, "Russia")]
    // More passives, and clauses without a subject of their own.
    [InlineData("The attack was condemned by NATO.", "NATO", Stance.Condemn, "attack")]
    [InlineData("Norway has been urged by NATO to act.", "NATO", Stance.Demand, "Norway")]
    [InlineData("Hackers accused by Norway of the attack fled.", "Norway", Stance.Accuse, "Hackers")]
    [InlineData("Norway, which accused Russia of the attack, closed its border.", "Norway", Stance.Accuse, "Russia")]
    [InlineData("Norway went on to blame Russia for the attack.", "Norway", Stance.Accuse, "Russia")]
    // Who speaks: persons no list knows, unnamed officials, bodies by their spokesmen.
    [InlineData(
        "“We know who did it,” said Anna Berg, the prime minister of Norway.",
        "Anna Berg",
        Stance.Report,
        null
    )]
    [InlineData(
        "Norway's prime minister, Anna Berg, said the attack was unacceptable.",
        "Anna Berg",
        Stance.Condemn,
        null
    )]
    [InlineData(
        "Two security officials said Russia was behind the attack.",
        "Two security officials",
        Stance.Accuse,
        "Russia"
    )]
    [InlineData("U.S. officials said Russia was behind the attack.", "U.S. officials", Stance.Accuse, "Russia")]
    [InlineData("A spokesman for the Kremlin rejected the claims.", "Russia", Stance.Deny, "claims")]
    [InlineData("The attack, Norway said, began in May.", "Norway", Stance.Report, null)]
    [InlineData("Norway expelled two Russian diplomats.", "Norway", Stance.Act, "Russia")]
    [InlineData("Microsoft linked the attack to APT28.", "Microsoft", Stance.Assess, "APT28")]
    [InlineData("Norway lashed out at Russia.", "Norway", Stance.Condemn, "Russia")]
    // A word that is no cue, read as a relation of two parties.
    [InlineData("Norway boycotted Russia after the attack.", "Norway", Stance.Protest, "Russia")]
    // Headlines whose capitals hide the verb.
    [InlineData(
        "Microsoft Warns of New Attacks on Exchange Servers",
        "Microsoft",
        Stance.Warn,
        "New Attacks on Exchange Servers"
    )]
    public void A_sentence_tells_who_takes_which_stance_towards_what(
        string text,
        string speaker,
        Stance stance,
        string? target
    )
    {
        var found = Read(text);

        var statement = Assert.Single(found);
        Assert.Equal((speaker, stance, target), (statement.SpeakerName, statement.Stance, statement.TargetName));
    }

    [Theory]
    [InlineData("Russia was accused of the attack.")]
    [InlineData("Iran-backed hackers attacked the port.")]
    [InlineData("Norway could accuse Russia of the attack.")]
    [InlineData("If Russia denies the attack, nothing happens.")]
    [InlineData("Will Norway accuse Russia of the attack?")]
    [InlineData("It would be wrong to accuse Russia of the attack.")]
    [InlineData("The attack on Norway began in May.")]
    [InlineData("US sanctions on Russia remain in place.")]
    [InlineData("The United States Constitution is clear.")]
    [InlineData("Norway was accused of accusing Russia.")]
    [InlineData("The attack blamed on Russia began in May.")]
    [InlineData("Norway threatened to expel Russian diplomats.")]
    [InlineData("Norway wants NATO to condemn Russia.")]
    [InlineData("Norway hopes Russia condemns the attack.")]
    [InlineData("Norway is expected to blame Russia.")]
    [InlineData("If proven, the attack would be condemned by NATO.")]
    [InlineData("Estonia would have boycotted Russia.")]
    [InlineData("Norway did not boycott Russia.")]
    [InlineData("The breach confirms a trend.")]
    public void What_is_only_supposed_wished_or_told_by_the_reporter_is_no_statement(string text) =>
        Assert.Empty(Read(text));

    [Fact]
    public void Speakers_joined_by_and_make_a_statement_each()
    {
        var found = Read("Sweden, Norway and the European Union condemned the attack.");

        Assert.Equal(["Sweden", "Norway", "European Union"], found.Select(s => s.SpeakerName));
        Assert.All(found, s => Assert.Equal(Stance.Condemn, s.Stance));
    }

    [Fact]
    public void Whoever_is_accused_denies_it()
    {
        var found = Read("Norway has accused Russia of attacks, which it denies.");

        Assert.Equal(
            [("Norway", Stance.Accuse), ("Russia", Stance.Deny)],
            found.Select(s => (s.SpeakerName, s.Stance))
        );
    }

    [Fact]
    public void A_surname_means_the_person_named_in_full_before()
    {
        var found = Read("“We know who did it,” said Anna Berg. Berg said Russia was behind the attack.");

        Assert.Equal(["Anna Berg", "Anna Berg"], found.Select(s => s.SpeakerName));
    }

    [Fact]
    public void A_pronoun_means_who_spoke_before()
    {
        var found = Read(
            "Foreign Minister Eva Novakova condemned the attack. “We know who did it,” she said. "
                + "The Chinese embassy denied the claims. It urged Norway to stop."
        );

        Assert.Equal(
            ["Eva Novakova", "Eva Novakova", "Embassy of China", "Embassy of China"],
            found.Select(s => s.SpeakerName)
        );
        Assert.Equal([Stance.Condemn, Stance.Condemn, Stance.Deny, Stance.Demand], found.Select(s => s.Stance));
        Assert.Equal("Foreign Minister", found[1].SpeakerRole);
    }

    [Fact]
    public void A_pronoun_of_nobody_named_gives_nothing() => Assert.Empty(Read("“We know who did it,” he said."));

    [Theory]
    [InlineData("“We know who did it,” Norway said.", "We know who did it")]
    [InlineData("Norway said: “We know who did it.”", "We know who did it.")]
    [InlineData("“We know. We will act,” Norway said on Monday.", "We know. We will act")]
    [InlineData(
        "Norway condemned the “cowardly act” and the “shameful silence of those who know”.",
        "shameful silence of those who know"
    )]
    [InlineData("“They told us ‘go home’ and left,” Norway said.", "They told us ‘go home’ and left")]
    public void The_longest_quotation_of_a_sentence_belongs_to_its_speaker(string text, string quoted)
    {
        var found = Recogniser.Read("", text, "en");

        var quote = Assert.Single(found.Statements).Quote;
        Assert.Equal(quoted, ("\n" + text).Substring(quote!.Value.Start, quote.Value.Length));
    }

    [Fact]
    public void A_sentence_that_is_all_quotation_goes_on_with_the_last_speaker()
    {
        var found = Read("“We know who did it,” Norway said. “We will act in due course.”");

        Assert.Equal(["Norway", "Norway"], found.Select(s => s.SpeakerName));
        Assert.True(found[1].Confidence < found[0].Confidence);
    }

    [Theory]
    [InlineData("de", "Norwegen wirft Russland einen Angriff vor.", "Norway", Stance.Accuse)]
    [InlineData(
        "de",
        "Die norwegische Regierung hat Russland am Montag beschuldigt.",
        "Norwegian government",
        Stance.Accuse
    )]
    [InlineData("de", "Russland wies die Vorwürfe zurück.", "Russia", Stance.Deny)]
    [InlineData("de", "„Wir wissen es genau“, sagte Außenministerin Eva Beispiel.", "Eva Beispiel", Stance.Report)]
    [InlineData("de", "Laut BSI ist der Angriff vorbei.", "Federal Office for Information Security", Stance.Report)]
    [InlineData("cs", "Norsko obvinilo Rusko z útoku.", "Norway", Stance.Accuse)]
    [InlineData("cs", "Rusko obvinění odmítlo.", "Russia", Stance.Deny)]
    [InlineData("cs", "„Víme to přesně,“ řekl ministr obrany Petr Příklad.", "Petr Příklad", Stance.Report)]
    [InlineData("cs", "Podle české vlády útok skončil.", "Czech government", Stance.Report)]
    [InlineData("ar", "اتهمت النرويج روسيا بالهجوم.", "Norway", Stance.Accuse)]
    [InlineData("ar", "ونفت روسيا الاتهامات.", "Russia", Stance.Deny)]
    [InlineData("ar", "بحسب الحكومة التشيكية، انتهى الهجوم.", "Czech government", Stance.Report)]
    public void Other_languages_have_their_own_clauses(string language, string text, string speaker, Stance stance)
    {
        var statement = Assert.Single(Recogniser.Read("", text, language).Statements);

        Assert.Equal((speaker, stance), (statement.SpeakerName, statement.Stance));
    }

    [Fact]
    public void Words_of_passive_participles_in_German_accuse_nobody() =>
        Assert.Empty(Recogniser.Read("", "Russland wird beschuldigt.", "de").Statements);

    private static IReadOnlyList<StatementDraft> Read(string text) => Recogniser.Read("", text, "en").Statements;
}
