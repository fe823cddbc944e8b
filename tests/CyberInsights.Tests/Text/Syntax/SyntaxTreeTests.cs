using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Text.Syntax;

public sealed class SyntaxTreeTests
{
    [Theory]
    [InlineData("The minister denied the claim.", "denied", "minister")]
    [InlineData("The minister denied the claim and condemned the attack.", "condemned", "minister")]
    [InlineData("The minister wants to respond.", "respond", "minister")]
    [InlineData("The servers were seized.", "seized", "servers")]
    public void A_verb_has_a_subject_of_its_own_or_that_of_the_verb_before(string text, string verb, string subject)
    {
        var (tree, at) = Find(text, verb);

        Assert.Equal(subject, Form(text, tree, tree.Subject(at)));
    }

    [Fact]
    public void The_passive_names_who_acts_and_what_is_acted_on()
    {
        const string text = "The portal was attacked by a group from abroad.";

        var (tree, verb) = Find(text, "attacked");

        Assert.True(tree.IsPassive(verb));
        Assert.Equal("portal", Form(text, tree, tree.Subject(verb)));
        Assert.Equal("group", Form(text, tree, tree.Agent(verb)));
        Assert.Null(tree.DirectObject(verb));
        var (start, end) = tree.Span(tree.Agent(verb)!.Value);
        Assert.Equal("by a group from abroad", text[start..end]);
    }

    [Theory]
    [InlineData("The ministry said that hackers attacked its portal.", "said", "attacked")]
    [InlineData("“We will respond,” the minister said.", "said", "respond")]
    [InlineData("The hospital was attacked on Monday, the agency said on Friday.", "said", "attacked")]
    public void What_a_verb_of_speech_speaks_of_is_its_clause(string text, string verb, string clause)
    {
        var (tree, at) = Find(text, verb);

        Assert.Equal(clause, Form(text, tree, tree.Clause(at)));
    }

    [Theory]
    [InlineData("The agency did not confirm it.", "confirm", true)]
    [InlineData("The agency never confirmed it.", "confirmed", true)]
    [InlineData("The agency couldn't confirm it.", "confirm", true)]
    [InlineData("No data was stolen.", "data", true)]
    [InlineData("The agency confirmed it.", "confirmed", false)]
    public void Negation_is_seen(string text, string word, bool negated)
    {
        var (tree, at) = Find(text, word);

        Assert.Equal(negated, tree.IsNegated(at));
    }

    [Fact]
    public void Other_names_and_joined_words_hang_from_the_first()
    {
        const string text = "Norway, Sweden and Denmark blamed Turla, a spy group.";

        var (tree, verb) = Find(text, "blamed");

        var subject = tree.Subject(verb)!.Value;
        Assert.Equal(["Sweden", "Denmark"], tree.Conjuncts(subject).Select(c => Form(text, tree, c)));
        var blamed = tree.DirectObject(verb)!.Value;
        Assert.Equal(["group"], tree.Appositions(blamed).Select(c => Form(text, tree, c)));
    }

    private static (SyntaxTree Tree, int Token) Find(string text, string word)
    {
        var tree = Assert.Single(Parser.Shipped.Parse(text));
        return (tree, tree.Tokens.ToList().FindIndex(t => text[t.Start..t.End] == word));
    }

    private static string? Form(string text, SyntaxTree tree, int? token) =>
        token is { } at ? text[tree.Tokens[at].Start..tree.Tokens[at].End] : null;
}
