using System.Text.RegularExpressions;
using CyberInsights.Edit;
using CyberInsights.Storage;
using CyberInsights.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CyberInsights.Publish.Checking;

/// <summary>
/// Finds persons whom the newsroom knows by name in sentences that accuse. Such a paragraph needs a link, or a statement or an event put in
/// right before or after it.
/// </summary>
internal static partial class PersonCheck
{
    internal static async Task<IReadOnlyList<ArticleFinding>> CheckAsync(
        IRows rows,
        MarkdownDocument text,
        string language,
        CancellationToken cancel
    )
    {
        var blocks = text.ToList();
        var bare = new List<string>();
        foreach (var (place, block) in blocks.Index())
        {
            if (!HasSource(block) && !IsPutIn(blocks, place - 1) && !IsPutIn(blocks, place + 1))
            {
                bare.AddRange(Sentences(block, language).Where(s => Accusing.IsMatch(s)));
            }
        }
        if (bare.Count == 0)
        {
            return [];
        }
        var names = await rows.QueryAsync<string>(
            """
            select distinct n.name from (
                select name from entities where kind = @person
                union all select x.name from entity_names x join entities e on e.id = x.entity_id where e.kind = @person
            ) n where length(n.name) > 3 and @text like '%' || n.name || '%' order by n.name limit 20
            """,
            new { person = EntityKind.Person, text = string.Join('\n', bare) },
            cancel
        );
        return
        [
            .. names
                .Where(name => bare.Exists(s => Names(s, name)))
                .Select(name => new ArticleFinding(ArticleCheck.Persons, Verdict.Stop, "person-unsourced", name)),
        ];
    }

    // The database compares some letters without their case.
    private static bool Names(string sentence, string name)
    {
        var at = sentence.IndexOf(name, StringComparison.Ordinal);
        return at >= 0
            && (at == 0 || !char.IsLetter(sentence[at - 1]))
            && (at + name.Length == sentence.Length || !char.IsLetter(sentence[at + name.Length]));
    }

    private static bool HasSource(Block block) =>
        Inlines<LinkInline>(block).Any(l => !l.IsImage) || Inlines<AutolinkInline>(block).Any();

    // The parser's own walk goes into blocks of blocks alone.
    private static IEnumerable<T> Inlines<T>(Block block)
        where T : Inline => block is LeafBlock leaf ? leaf.Inline?.Descendants<T>() ?? [] : block.Descendants<T>();

    private static bool IsPutIn(List<Block> blocks, int place) =>
        place >= 0
        && place < blocks.Count
        && blocks[place] is ParagraphBlock { Inline: { } words }
        && PutIn.IsMatch(ArticleText.Plain(words));

    private static IEnumerable<string> Sentences(Block block, string language)
    {
        foreach (var leaf in block is LeafBlock one ? [one] : block.Descendants<LeafBlock>())
        {
            if (leaf.Inline is null)
            {
                continue;
            }
            var words = ArticleText.Plain(leaf.Inline);
            var tokens = Tokens.List(words);
            var starts = CyberInsights
                .Text.Sentences.Of(words, tokens, language)
                .Select(s => tokens[s.First].Start)
                .Append(words.Length)
                .ToList();
            foreach (var (from, to) in starts.Zip(starts.Skip(1)))
            {
                yield return words[from..to];
            }
        }
    }

    [GeneratedRegex(@"^\s*\{\{\s*(event|statement):", RegexOptions.None, 1000)]
    private static partial Regex PutIn { get; }

    // Beginnings of words that accuse in the languages of the site; too many of them cost a look, too few a name.
    [GeneratedRegex(
        """
            \b(accus|blam|charged|indict|alleg|arrest|convict|suspect|guilty|hacked|stole|fraud|brib|launder|spied|espionage|extort|sabotag|corrupt
            |beschuldig|angeklagt|anklage|verdächtig|vorgeworfen|wirft|verhaftet|festgenommen|verurteil|gestohlen|betrug|bestech|erpress
            |inculp|soupçonn|arrêté|condamn|coupable|volé|fraude|corromp|espionn
            |acus|imput|sospech|detenid|condenad|culpable|robó|soborn|espi
            |obvi|obžal|podezř|zatč|odsouz|vinn|ukrad|podved|uplat|vydír)
            |(اتهم|يتهم|متهم|مشتبه|اعتقل|أدين|سرق|احتيال|رشوة|تجسس)
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex Accusing { get; }
}
