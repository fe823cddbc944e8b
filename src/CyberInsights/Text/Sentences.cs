using System.Collections.Frozen;

namespace CyberInsights.Text;

/// <summary>A sentence as a range of tokens; <see cref="End"/> is the token after its last.</summary>
public readonly record struct Sentence(int First, int End);

/// <summary>
/// Finds where sentences end. A line end ends a sentence, except where a text was broken within one: the line stops without a
/// stop and the next goes on in lower case. Pure and linear.
/// </summary>
public static class Sentences
{
    // Real text closes at most a bracket and two quotations at once; the bound keeps a megabyte of marks linear.
    private const int MaxMarks = 4;

    /// <summary>No writer's sentence is longer; cutting there bounds the work on what never ends.</summary>
    internal const int MaxTokens = 400;

    private static readonly FrozenSet<string> Abbreviations = FrozenSet.ToFrozenSet(
        (
            "mr mrs ms dr prof gov sen rep gen lt col sgt capt cmdr adm st jr sr vs approx dept est min max etc "
            + "jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun "
            + "bzw ca evtl ggf inkl std usw vgl str hr fr ing mgr bc judr mudr phdr rndr gen plk např atd tzv tj resp viz zn"
        )
            .Split(' ')
            .Select(a => Folding.Fold(a))
    );

    // "No. 5" and "Nr. 5", but "she said no."
    private static readonly FrozenSet<string> BeforeNumber = FrozenSet.ToFrozenSet(
        "no nr fig vol art c cl odst".Split(' ')
    );

    // They end a sentence only when a word follows that begins one.
    private static readonly FrozenSet<string> MayEnd = FrozenSet.ToFrozenSet(
        "inc corp ltd co llc plc bros u.s u.s. u.k. u.n. e.u. d.c. a.m. p.m. gmbh s.r.o a.s".Split(' ')
    );
    private static readonly FrozenSet<string> Starters = FrozenSet.ToFrozenSet(
        (
            "the a an this that these those it he she they we i you in on at as but and so if when while after before "
            + "for since although however its his her their our there here what who why how both some many most according"
        ).Split(' ')
    );

    /// <param name="language">BCP 47 primary tag: "24. November" is one sentence in German, Czech and Slovak.</param>
    public static IReadOnlyList<Sentence> Of(string text, IReadOnlyList<Token> tokens, string language)
    {
        var ordinals = language is "de" or "cs" or "sk" or "pl" or "da" or "no" or "fi" or "hu";
        var titleEnd = text.IndexOf('\n', StringComparison.Ordinal);
        var sentences = new List<Sentence>(tokens.Count / 15 + 1);
        var first = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i + 1 < tokens.Count && i - first < MaxTokens && !Ends(text, tokens, i, ordinals, titleEnd))
            {
                continue;
            }
            sentences.Add(new Sentence(first, i + 1));
            first = i + 1;
        }
        return sentences;
    }

    private static bool Ends(string text, IReadOnlyList<Token> tokens, int i, bool ordinals, int titleEnd)
    {
        var token = tokens[i];
        var next = tokens[i + 1];
        // A title is a line of its own, whatever the text after it begins with.
        if (HasLineEnd(text, token.End, next.Start))
        {
            return IsStop(text, tokens, LastBeforeClosers(text, tokens, i))
                || !char.IsLower(text[next.Start])
                || token.Start < titleEnd;
        }
        if (IsCloser(text[next.Start]) && next.Start == token.End)
        {
            return false;
        }
        var stop = LastBeforeClosers(text, tokens, i);
        if (!IsStop(text, tokens, stop))
        {
            // "U.S." carries its own dot.
            return token.Folded.EndsWith('.') && token.Length > 2 && StartsSentence(text, next);
        }
        var mark = text[tokens[stop].Start];
        if (mark is '。' or '！' or '？')
        {
            // “……。”他说: who says it follows the mark without a space.
            return stop == i || next.Start > token.End || text[next.Start] is '“' or '「';
        }
        if (next.Start == tokens[stop].End || char.IsLower(First(text, tokens, i + 1)))
        {
            return false;
        }
        return mark is not '.' || stop != i || EndsByDot(text, tokens, i, ordinals);
    }

    private static bool EndsByDot(string text, IReadOnlyList<Token> tokens, int dot, bool ordinals)
    {
        if (dot == 0 || tokens[dot - 1].End != tokens[dot].Start)
        {
            return true;
        }
        var word = tokens[dot - 1];
        if (word.Kind == TokenKind.Number)
        {
            return !ordinals || word.Length > 2;
        }
        if (BeforeNumber.Contains(word.Folded) && tokens[dot + 1].Kind == TokenKind.Number)
        {
            return false;
        }
        if (MayEnd.Contains(word.Folded))
        {
            return StartsSentence(text, tokens[dot + 1]);
        }
        var initial = word.Length == 1 && char.IsUpper(text[word.Start]);
        return !initial && !Abbreviations.Contains(word.Folded);
    }

    private static bool StartsSentence(string text, Token next) =>
        char.IsUpper(text[next.Start]) && Starters.Contains(next.Folded);

    private static int LastBeforeClosers(string text, IReadOnlyList<Token> tokens, int i)
    {
        for (
            var steps = 0;
            steps < MaxMarks && i > 0 && IsCloser(text[tokens[i].Start]) && tokens[i - 1].End == tokens[i].Start;
            steps++
        )
        {
            i--;
        }
        return i;
    }

    // The first letter of what follows: an opening quotation mark does not hide a capital.
    private static char First(string text, IReadOnlyList<Token> tokens, int i)
    {
        for (
            var steps = 0;
            steps < MaxMarks
                && i + 1 < tokens.Count
                && tokens[i].Kind == TokenKind.Mark
                && tokens[i + 1].Start == tokens[i].End;
            steps++
        )
        {
            i++;
        }
        return text[tokens[i].Start];
    }

    private static bool IsStop(string text, IReadOnlyList<Token> tokens, int token) =>
        text[tokens[token].Start] is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '۔';

    private static bool IsCloser(char c) =>
        c is '"' or '”' or '’' or '\'' or '»' or '›' or '“' or ')' or ']' or '」' or '』' or '«';

    private static bool HasLineEnd(string text, int from, int to) => text.AsSpan(from, to - from).Contains('\n');
}
