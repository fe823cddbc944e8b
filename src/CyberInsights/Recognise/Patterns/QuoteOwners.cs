using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Which quotation belongs to which statement.</summary>
internal sealed class QuoteOwners
{
    // A word alone between marks is irony or a title, unless somebody calls something so.
    private const int LeastWords = 2;
    private const int MaxNameTokens = 5;

    // A second quotation of a sentence; shorter ones are parts of what the first says.
    private const int LeastCharacters = 20;

    private readonly Reading reading;
    private readonly Grammar grammar;
    private readonly List<(Span Span, int First, int End)> quotations = [];
    private readonly bool[] inside;

    internal QuoteOwners(Reading reading, Grammar grammar)
    {
        (this.reading, this.grammar) = (reading, grammar);
        inside = new bool[reading.Tokens.Count + 1];
        var token = 0;
        foreach (var quotation in reading.Quotations.Where(q => q.Depth == 0))
        {
            while (token < reading.Tokens.Count && reading.Tokens[token].Start < quotation.Start)
            {
                token++;
            }
            var end = token;
            while (end < reading.Tokens.Count && reading.Tokens[end].End <= quotation.End)
            {
                inside[end++] = true;
            }
            if (end > token && !IsName(token, end) && (Words(token, end) >= LeastWords || IsNaming(token - 2)))
            {
                quotations.Add((Trimmed(quotation), token, end));
            }
            token = end;
        }
    }

    internal bool IsInside(int token) => inside[token];

    /// <summary>Whether a token is a mark with a quotation beside it.</summary>
    internal bool IsMarkOf(int token) =>
        IsCloser(token) && (inside[Math.Max(0, token - 1)] || inside[token + 1]) || reading.IsMark(token, '„');

    /// <summary>Whether a quotation ends right before the token, perhaps with a comma between.</summary>
    internal bool EndsBefore(int token)
    {
        var at = token - 1;
        // "», — заявил": a comma and a dash.
        for (var steps = 0; steps < 2 && IsLinkMark(at); steps++)
        {
            at--;
        }
        return at > 0 && IsCloser(at) && inside[at - 1];
    }

    private bool IsLinkMark(int token) =>
        IsComma(token) || reading.IsMark(token, '-') || reading.IsMark(token, '–') || reading.IsMark(token, '—');

    /// <summary>The first quotation that has part in a sentence, with the tokens within its marks; null when there is none.</summary>
    internal (Span Span, int First, int End)? FirstWithin(Sentence sentence)
    {
        foreach (var quotation in Within(sentence))
        {
            return quotation;
        }
        return null;
    }

    // German: "die Firma „Beispiel & Co.“": after a noun a few words with a capital name something.
    private bool IsName(int first, int end) =>
        grammar.Language == "de"
        && end - first <= MaxNameTokens
        && reading.IsCapital(first)
        && first > 1
        && reading.IsCapital(first - 2)
        && !grammar.Is(reading.Word(first - 2), WordClass.Determiner)
        && !grammar.Is(reading.Word(first - 2), WordClass.Adverb);

    // "bezeichnete es als „haltlos“": the word before the opening mark.
    private bool IsNaming(int token) => grammar.Is(reading.Word(token), WordClass.Naming);

    /// <summary>The quotation that begins with a sentence and is all of it, or goes on beyond it; null when there is more in it.</summary>
    internal Span? Filling(Sentence sentence)
    {
        foreach (var (span, first, end) in Within(sentence))
        {
            if (
                first >= sentence.First
                && first - sentence.First <= 1
                && sentence.End - end <= 2
                && Words(first, end) > 3
            )
            {
                return span;
            }
        }
        return null;
    }

    /// <summary>
    /// Gives each statement of sentence <paramref name="s"/>, from <paramref name="from"/> on, its longest quotation; in other languages than
    /// English a second one that is long enough to stand alone makes a statement more.
    /// </summary>
    internal void Give(List<Coded> coded, int from, int s)
    {
        var found = coded.Count;
        if (found == from)
        {
            return;
        }
        var others = new List<(int Statement, Span Span)>();
        foreach (var (span, first, end) in Within(reading.Sentences[s]))
        {
            var owner = Owner(coded, from, first, end);
            for (var i = from; i < found; i++)
            {
                if (coded[i].Hit.First != owner)
                {
                    continue;
                }
                var known = coded[i].Draft.Quote;
                if ((known?.Length ?? 0) < span.Length)
                {
                    coded[i] = coded[i] with { Draft = WithQuote(coded[i].Draft, span) };
                }
                if (known is { } shorter)
                {
                    others.Add((i, shorter.Length < span.Length ? shorter : span));
                }
            }
        }
        foreach (var (i, span) in others.Where(o => grammar.Language != "en" && o.Span.Length >= LeastCharacters))
        {
            coded.Add(
                coded[i] with
                {
                    Draft = WithQuote(coded[i].Draft with { Content = span }, span) with
                    {
                        Rule = $"{coded[i].Draft.Rule}, second quotation",
                    },
                }
            );
        }
    }

    /// <summary>A statement with a quotation; its sentence grows over the sentences that the quotation runs over.</summary>
    internal static StatementDraft WithQuote(StatementDraft draft, Span quote)
    {
        var start = Math.Min(draft.Sentence.Start, quote.Start);
        var end = Math.Max(draft.Sentence.End, quote.End);
        return draft with
        {
            Quote = quote,
            Sentence = Span.Between(start, end),
            Content =
                draft.Content.Length == 0 || draft.Content.Contains(quote)
                    ? draft.Content.Length == 0
                        ? quote
                        : draft.Content
                    : Wider(draft.Content, quote),
        };
    }

    private static Span Wider(Span content, Span quote) =>
        content.Overlaps(quote)
            ? Span.Between(Math.Min(content.Start, quote.Start), Math.Max(content.End, quote.End))
            : quote;

    // “…,” X said: the verb after it. X said: “…”: the verb before it.
    private int Owner(List<Coded> coded, int from, int first, int end)
    {
        var before = -1;
        var after = -1;
        for (var i = from; i < coded.Count; i++)
        {
            var at = coded[i].Hit.First;
            if (at < first)
            {
                before = Math.Max(before, at);
            }
            else if (at >= end && (after < 0 || at < after))
            {
                after = at;
            }
            else if (at < end)
            {
                before = at;
            }
        }
        // In Arabic "and" is written together with the verb: what follows is a clause of its own.
        var joined = grammar.Language == "ar" && after >= 0 && reading.Word(after)[0] == 'و';
        var introduces =
            after >= 0 && after - end <= 12 && (before < 0 || (!joined && (IsComma(end - 1) || IsComma(end + 1))));
        return introduces || before < 0 ? after : before;
    }

    private bool IsComma(int token) =>
        reading.IsMark(token, ',') || reading.IsMark(token, '،') || reading.IsMark(token, '，');

    private IEnumerable<(Span Span, int First, int End)> Within(Sentence sentence)
    {
        var at = FirstEndingAfter(sentence.First);
        for (; at < quotations.Count && quotations[at].First < sentence.End; at++)
        {
            yield return quotations[at];
        }
    }

    private int FirstEndingAfter(int token)
    {
        var (low, high) = (0, quotations.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = quotations[middle].End > token ? (low, middle) : (middle + 1, high);
        }
        return low;
    }

    // American typesetting puts the reporter's comma within the marks; it is none of the speaker's.
    private Span Trimmed(Quotation quotation)
    {
        var end = quotation.End;
        while (end > quotation.Start && (reading.Whole[end - 1] == ',' || char.IsWhiteSpace(reading.Whole[end - 1])))
        {
            end--;
        }
        var start = quotation.Start;
        while (start < end && char.IsWhiteSpace(reading.Whole[start]))
        {
            start++;
        }
        return Span.Between(start, end);
    }

    private int Words(int first, int end)
    {
        var words = 0;
        for (var i = first; i < end; i++)
        {
            words += reading.Tokens[i].Kind == TokenKind.Mark ? 0 : 1;
        }
        return words;
    }

    private bool IsCloser(int token) =>
        reading.Tokens[token].Kind == TokenKind.Mark
        && reading.Whole[reading.Tokens[token].Start]
            is '”'
                or '"'
                or '“'
                or '»'
                or '«'
                or '’'
                or '\''
                or '」'
                or '‘'
                or '‹'
                or '›';
}
