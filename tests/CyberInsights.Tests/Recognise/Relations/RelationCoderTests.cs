using CyberInsights.Recognise.Relations;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Recognise.Relations;

public sealed class RelationCoderTests
{
    [Theory]
    // A verb, a verb with a particle, a light verb with a noun, a noun, the passive, a relative clause.
    [InlineData("Norland condemned Sudria.", "Accuse(Norland, Sudria)")]
    [InlineData("Norland called on Sudria to withdraw.", "Request(Norland, Sudria)")]
    [InlineData("The agency launched an investigation into the company.", "Accuse(agency, company)")]
    [InlineData("Norland's condemnation of Sudria came late.", "Accuse(Norland, Sudria)")]
    [InlineData("Norland was sanctioned by Sudria.", "Sanction(Sudria, Norland)")]
    [InlineData("Norland, which expelled six Sudrian diplomats, left.", "Sanction(Norland, diplomats)")]
    [InlineData("Norland came under attack from Sudria.", "Assault(Sudria, Norland)")]
    [InlineData("Norland received financial aid from Sudria.", "Aid(Sudria, Norland)")]
    [InlineData("Sudria rejects claim.", "Reject(Sudria, -)")]
    [InlineData("Norland lifts embargo against Sudria.", "Yield(Norland, Sudria)")]
    [InlineData("Norland suspended aid to Sudria.", "Sanction(Norland, Sudria)")]
    // Not done.
    [InlineData("Norland refused to condemn Sudria.", "Reject(Norland, Sudria)")]
    [InlineData("Norland will not help Sudria.", "Reject(Norland, Sudria)")]
    [InlineData("Norland has no plans to meet Sudria.", "Reject(Norland, Sudria)")]
    [InlineData("Norland said it would not pay the ransom.", "Reject(Norland, ransom)")]
    // To come.
    [InlineData("Norland will provide aid to Sudria.", "Agree(Norland, Sudria)")]
    [InlineData("Norland is ready to negotiate with Sudria.", "Agree(Norland, Sudria)")]
    [InlineData("Norland plans to visit Sudria next month.", "Agree(Norland, Sudria)")]
    [InlineData("Norland will bomb Sudria.", "Threaten(Norland, Sudria)")]
    [InlineData("Norland vowed to retaliate against Sudria.", "Threaten(Norland, Sudria)")]
    [InlineData("Norland pledged not to attack Sudria.", "Agree(Norland, Sudria)")]
    [InlineData("Norland did not rule out sanctions against Sudria.", "Threaten(Norland, Sudria)")]
    // Ended.
    [InlineData("Norland lifted sanctions against Sudria.", "Yield(Norland, Sudria)")]
    [InlineData("The sanctions against Norland were lifted.", "Yield(-, Norland)")]
    [InlineData("Norland ended its boycott of Sudria.", "Yield(Norland, Sudria)")]
    [InlineData("Norland halted military aid to Sudria.", "Sanction(Norland, Sudria)")]
    // Asked, ordered, told, judged.
    [InlineData("The court ordered the release of the editor.", "Yield(court, editor)")]
    [InlineData("Norland said Sudria must stop the attacks.", "Request(Norland, -)")]
    [InlineData("Norland said Sudria had attacked its parliament.", "Accuse(Norland, parliament)")]
    [InlineData("Norland called the move unacceptable.", "Accuse(Norland, -)")]
    [InlineData("Norland said it would free the crew.", "Agree(Norland, crew)")]
    public void Verbs_and_what_they_govern_tell_one_relation(string text, string interaction)
    {
        Assert.Contains(interaction, Told(text));
    }

    [Theory]
    [InlineData("Several ministers arrived.", "Sanction")]
    [InlineData("Norland called the move unacceptable.", "Request")]
    [InlineData("The president called his Sudrian counterpart on Monday.", "Request")]
    [InlineData("The minister called for talks with Sudria.", "Consult")]
    [InlineData("Norland lifted sanctions against Sudria.", "Sanction")]
    [InlineData("The sanctions against Norland by Sudria were lifted.", "Sanction")]
    [InlineData("Norland signed a trade agreement.", "Cooperate")]
    [InlineData("Norland stepped up patrols after the attack.", "Assault")]
    [InlineData("Norland urged its allies to impose sanctions on Sudria.", "Accuse")]
    public void What_looks_like_a_relation_is_none(string text, string relation)
    {
        Assert.DoesNotContain(Told(text), t => t.StartsWith(relation, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Norland stopped short of blaming Sudria.", "Accuse")]
    [InlineData("The company did not deny the report.", "Reject")]
    [InlineData("Norland failed to condemn the attack.", "Accuse")]
    public void A_word_against_another_that_was_not_said_is_negated(string text, string relation)
    {
        Assert.True(Find(text, relation).Negated);
    }

    [Theory]
    [InlineData("Norland accused Sudria of accusing Estria of fraud.", "Accuse(Sudria, Estria)")]
    [InlineData("Sudria denied it had attacked Norland.", "Assault(Sudria, Norland)")]
    [InlineData("Norland refused to condemn Sudria.", "Accuse(Norland, Sudria)")]
    [InlineData("Norland will react if Sudria attacks Estria.", "Assault(Sudria, Estria)")]
    public void What_is_alleged_refused_or_supposed_is_open(string text, string interaction)
    {
        var tree = Assert.Single(Parser.Shipped.Parse(text));

        var found = Assert.Single(RelationCoder.Read(tree), h => Shown(text, tree, h) == interaction);

        Assert.True(found.Open);
    }

    [Theory]
    [InlineData("Norland accused Sudria.", "Accuse", Stance.Accuse)]
    [InlineData("Norland denounced Sudria.", "Accuse", Stance.Condemn)]
    [InlineData("Norland summoned the Sudrian ambassador.", "Accuse", Stance.Protest)]
    [InlineData("Researchers linked the malware to Sudria.", "Accuse", Stance.Assess)]
    [InlineData("Sudria denied the claim.", "Reject", Stance.Deny)]
    [InlineData("Sudria declined to comment.", "Reject", Stance.Decline)]
    [InlineData("Norland urged Sudria to act.", "Request", Stance.Demand)]
    [InlineData("Norland praised Sudria.", "Support", Stance.Support)]
    [InlineData("Norland warned Sudria.", "Threaten", Stance.Warn)]
    [InlineData("Police arrested two men.", "Coerce", Stance.Act)]
    [InlineData("The gang claimed responsibility for the attack.", "Agree", Stance.Claim)]
    [InlineData("Norland apologized to Sudria.", "Yield", Stance.Retract)]
    [InlineData("Norland bombed Sudria.", "Assault", null)]
    public void A_relation_has_its_stance(string text, string relation, Stance? stance)
    {
        Assert.Equal(stance, Find(text, relation).Stance);
    }

    [Fact]
    public void A_refused_condemnation_does_not_condemn()
    {
        Assert.Equal(Stance.Deny, Find("Norland refused to condemn Sudria.", "Reject").Stance);
    }

    [Fact]
    public void Every_relation_has_a_place_among_the_stances()
    {
        Assert.All(Enum.GetValues<Relation>(), r => Assert.Null(Record.Exception(() => Stances.Of(r))));
        Assert.Equal(Stance.Accuse, Stances.Of(Relation.Accuse));
    }

    [Fact]
    public void Lemmas_the_parser_does_not_know_are_understood()
    {
        Assert.Contains("Yield(court, editor)", Told("The court freed the editor."));
        Assert.Contains("Coerce(police, men)", Told("The police have expelled two men."));
    }

    [Fact]
    public void A_long_chain_of_verbs_is_read_once()
    {
        var text =
            "Norland "
            + string.Concat(Enumerable.Repeat("decided to try to give up to begin to ", 30))
            + "attack Sudria.";

        Assert.All(Parser.Shipped.Parse(text), tree => Assert.NotNull(RelationCoder.Read(tree)));
    }

    [Fact]
    public void An_empty_sentence_tells_nothing()
    {
        Assert.Empty(RelationCoder.Read(new SyntaxTree([])));
    }

    private static Interaction Find(string text, string relation) =>
        RelationCoder.Read(Assert.Single(Parser.Shipped.Parse(text))).First(h => h.Relation.ToString() == relation);

    private static List<string> Told(string text)
    {
        var tree = Assert.Single(Parser.Shipped.Parse(text));
        return [.. RelationCoder.Read(tree).Where(h => !h.Negated).Select(h => Shown(text, tree, h))];
    }

    private static string Shown(string text, SyntaxTree tree, Interaction interaction) =>
        $"{interaction.Relation}({Form(text, tree, interaction.Source)}, {Form(text, tree, interaction.Target)})";

    private static string Form(string text, SyntaxTree tree, int? token) =>
        token is { } at ? text[tree.Tokens[at].Start..tree.Tokens[at].End] : "-";
}
