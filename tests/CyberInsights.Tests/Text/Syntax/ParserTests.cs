using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Text.Syntax;

public sealed class ParserTests
{
    [Theory]
    [InlineData(
        "Beijing denied the accusations on Wednesday.",
        "nsubj(denied, Beijing) obj(denied, accusations) root(denied)"
    )]
    [InlineData(
        "\"We will respond to every attack,\" the minister said.",
        "ccomp(said, respond) nsubj(said, minister) nsubj(respond, We)"
    )]
    [InlineData(
        "“We oppose all forms of hacking,” the minister told reporters.",
        "ccomp(told, oppose) nsubj(told, minister) obj(oppose, forms) nsubj(oppose, We)"
    )]
    [InlineData(
        "The networks of three ministries were breached by hackers.",
        "nsubj:pass(breached, networks) aux:pass(breached, were) obl:agent(breached, hackers) nmod(networks, ministries)"
    )]
    [InlineData(
        "The agency did not confirm the attack.",
        "nsubj(confirm, agency) advmod(confirm, not) obj(confirm, attack)"
    )]
    [InlineData("Who attacked the power grid?", "nsubj(attacked, Who) obj(attacked, grid) compound(grid, power)")]
    [InlineData(
        "Norwegian government blames China for cyberattack on ministry",
        "nsubj(blames, government) obj(blames, China) root(blames)"
    )]
    [InlineData(
        "The ministry said that hackers had stolen data from its servers.",
        "nsubj(said, ministry) ccomp(said, stolen) nsubj(stolen, hackers) obj(stolen, data)"
    )]
    [InlineData(
        "The group, a unit of the military intelligence service, never claimed responsibility.",
        "appos(group, unit) nsubj(claimed, group) obj(claimed, responsibility) advmod(claimed, never)"
    )]
    [InlineData(
        "NATO and the European Union condemned the campaign.",
        "nsubj(condemned, NATO) conj(NATO, Union) obj(condemned, campaign)"
    )]
    [InlineData(
        "Two men were arrested in Oslo and charged with fraud, prosecutors said on Friday.",
        "nsubj:pass(arrested, men) conj(arrested, charged) nsubj(said, prosecutors)"
    )]
    public void Who_does_what_is_found(string text, string arcs)
    {
        var found = Arcs(text);

        Assert.All(arcs.Split(") "), arc => Assert.Contains(arc.TrimEnd(')') + ")", found));
    }

    [Theory]
    [InlineData("United Nations staff left.", "NNP NNPS NN VBD .")]
    [InlineData("Officials couldn't say.", "NNS MD RB VB .")]
    public void Tags_are_those_of_the_treebank(string text, string tags)
    {
        var tree = Assert.Single(Parser.Shipped.Parse(text));

        Assert.Equal(tags, string.Join(' ', tree.Tokens.Select(t => t.Xpos)));
    }

    [Fact]
    public void Words_come_with_their_lemmas()
    {
        var tree = Assert.Single(Parser.Shipped.Parse("The spies weren't hacking the ministries' servers."));

        Assert.Equal(
            ["the", "spy", "be", "not", "hack", "the", "ministry", "'", "server", "."],
            tree.Tokens.Select(t => t.Lemma == "'s" ? "'" : t.Lemma)
        );
    }

    public static TheoryData<string> Odd =>
        [
            "",
            " \n\t ",
            "?",
            "😀 🏴‍☠️ 💥💥",
            "نفت بكين الاتهامات يوم الأربعاء.",
            "北京は否定した。",
            "\u0000\uFFFD\uD83D",
            new string('a', 5000),
            new string('(', 3000),
            string.Join(' ', Enumerable.Repeat("\"", 1000)),
            "https://example.com/" + new string('x', 3000),
            "She said, he said, they said; nobody knew.\nA HEADLINE IN CAPITALS\n- a list\n- of things",
            string.Concat(Enumerable.Repeat("and the minister denied ", 2500)),
        ];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Every_text_gives_trees_of_one_root_without_cycles_or_crossings(string text)
    {
        var trees = Parser.Shipped.Parse(text);

        var end = 0;
        Assert.All(
            trees,
            tree =>
            {
                Assert.True(Projective.IsTree([.. tree.Tokens.Select(t => t.Head + 1)]));
                Assert.Equal(-1, tree.Tokens[tree.Root].Head);
                Assert.Single(tree.Tokens, t => t.Head < 0);
                foreach (var token in tree.Tokens)
                {
                    Assert.True(token.Start >= end && token.Length > 0);
                    Assert.True(
                        string.IsNullOrWhiteSpace(text[end..token.Start]) || !text[end..token.Start].Any(char.IsLetter)
                    );
                    end = token.End;
                }
            }
        );
        Assert.DoesNotContain(text[end..], char.IsLetter);
    }

    [Fact]
    public void A_sentence_of_ten_thousand_words_has_one_root()
    {
        const int words = 10_000;
        var text = string.Concat(Enumerable.Repeat("attack ", words));
        List<Word> sentence = [.. Enumerable.Range(0, words).Select(i => new Word(7 * i, 6))];

        var tree = Assert.Single(Parser.Shipped.Parse(text, [sentence]));

        Assert.Equal(words, tree.Tokens.Count);
        Assert.Single(tree.Tokens, t => t.Head < 0);
        Assert.Equal((0, 7 * words - 1), tree.Span(tree.Root));
    }

    [Fact]
    public void The_same_text_gives_the_same_trees_whatever_stands_beside_it()
    {
        const string text = "Norland accused Moravia of the attack. Moravia denied it.";

        var alone = Parser.Shipped.Parse(text).SelectMany(t => t.Tokens).ToList();
        var beside = Parser.Shipped.Parse(text + " The vendor, which had warned of the flaw, said nothing more.");

        Assert.Equal(alone, Parser.Shipped.Parse(text).SelectMany(t => t.Tokens));
        Assert.Equal(alone, beside.Take(2).SelectMany(t => t.Tokens));
    }

    [Fact]
    public void Many_threads_read_the_same_parser()
    {
        const string text = "The agency said that two hospitals had paid. A third refused.";
        var alone = Parser.Shipped.Parse(text).SelectMany(t => t.Tokens).ToList();

        Parallel.For(0, 16, _ => Assert.Equal(alone, Parser.Shipped.Parse(text).SelectMany(t => t.Tokens)));
    }

    private static List<string> Arcs(string text)
    {
        var tree = Assert.Single(Parser.Shipped.Parse(text));
        return
        [
            .. tree.Tokens.Select(t =>
                t.Head < 0
                    ? $"root({text[t.Start..t.End]})"
                    : $"{t.Relation}({text[tree.Tokens[t.Head].Start..tree.Tokens[t.Head].End]}, {text[t.Start..t.End]})"
            ),
        ];
    }
}
