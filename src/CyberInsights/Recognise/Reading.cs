using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise;

/// <summary>A text taken apart: what every finder of this folder works on.</summary>
internal sealed class Reading
{
    private readonly Lazy<HashSet<string>> capitalWords;
    private readonly Lazy<IReadOnlyList<SyntaxTree>> trees;

    internal Reading(string title, string text, string language)
    {
        Language = language;
        Whole = $"{title}\n{text}";
        TitleEnd = title.Length;
        Tokens = Text.Tokens.List(Whole, elisions: language == "fr");
        Tokens = language == "zh" ? ChineseWords.Join(Whole, Tokens) : Tokens;
        Sentences = Text.Sentences.Of(Whole, Tokens, language);
        Quotations = Quotes.Of(Whole);
        TitleCase = [.. Sentences.Select(IsTitleCase)];
        capitalWords = new Lazy<HashSet<string>>(CapitalWords);
        trees = new Lazy<IReadOnlyList<SyntaxTree>>(Parse);
    }

    internal string Language { get; }

    /// <summary>Title, line feed, text.</summary>
    internal string Whole { get; }
    internal int TitleEnd { get; }
    internal List<Token> Tokens { get; }
    internal IReadOnlyList<Sentence> Sentences { get; }
    internal IReadOnlyList<Quotation> Quotations { get; }

    /// <summary>Per sentence: whether nearly every word has a capital, so that capitals tell nothing.</summary>
    internal IReadOnlyList<bool> TitleCase { get; }

    /// <summary>
    /// The tree of each sentence, parsed when first asked for; of English texts only. Empty for what is no sentence: marks alone, or more
    /// tokens than <see cref="Text.Sentences.MaxTokens"/> in a row without a stop.
    /// </summary>
    internal IReadOnlyList<SyntaxTree> Trees => trees.Value;

    /// <summary>Whether a word is written with a capital within a sentence somewhere, so that its capital at the beginning of one tells a name.</summary>
    internal bool IsNameElsewhere(string word) => capitalWords.Value.Contains(word);

    /// <summary>The first token that ends after an offset of <see cref="Whole"/>.</summary>
    internal int TokenAt(int offset)
    {
        var (low, high) = (0, Tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Tokens[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The last token that begins at or before an offset of <see cref="Whole"/>.</summary>
    internal int TokenFrom(int offset)
    {
        var (low, high) = (0, Tokens.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Tokens[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>The token after a piece of the text.</summary>
    internal int TokenAfter(Span span) => TokenFrom(span.End - 1) + 1;

    internal string Word(int token) => token >= 0 && token < Tokens.Count ? Tokens[token].Folded : "";

    internal bool IsMark(int token, char mark) =>
        token >= 0 && token < Tokens.Count && Tokens[token].Length == 1 && Whole[Tokens[token].Start] == mark;

    internal bool IsCapital(int token) =>
        token >= 0
        && token < Tokens.Count
        && Tokens[token].Kind == TokenKind.Word
        && char.IsUpper(Whole[Tokens[token].Start]);

    /// <summary>The original text of the tokens, one line, without invisible characters.</summary>
    internal string Surface(int first, int end) =>
        Folding.Clean(Whole.AsSpan(Tokens[first].Start, Tokens[end - 1].End - Tokens[first].Start));

    internal Span SpanOf(int first, int end) => Span.Between(Tokens[first].Start, Tokens[end - 1].End);

    private IReadOnlyList<SyntaxTree> Parse()
    {
        var words = Words.Of(Whole, Tokens, Sentences);
        return Parser.Shipped.Parse(Whole, [.. words.Select((w, s) => IsReadable(Sentences[s]) ? w : [])]);
    }

    private bool IsReadable(Sentence sentence)
    {
        var words = 0;
        for (var i = sentence.First; i < sentence.End && words < 2; i++)
        {
            words += Tokens[i].Kind == TokenKind.Word ? 1 : 0;
        }
        return words == 2 && sentence.End - sentence.First < Text.Sentences.MaxTokens;
    }

    private HashSet<string> CapitalWords()
    {
        var words = new HashSet<string>();
        for (var s = 0; s < Sentences.Count; s++)
        {
            for (var i = Sentences[s].First + 1; i < Sentences[s].End; i++)
            {
                // After an opening mark a sentence may begin within the sentence.
                if (!TitleCase[s] && IsCapital(i) && Tokens[i - 1].Kind != TokenKind.Mark)
                {
                    words.Add(Tokens[i].Folded);
                }
            }
        }
        return words;
    }

    private bool IsTitleCase(Sentence sentence)
    {
        var (words, capitals) = (0, 0);
        for (var i = sentence.First; i < sentence.End; i++)
        {
            if (Tokens[i].Kind == TokenKind.Word && Tokens[i].Length > 3)
            {
                words++;
                capitals += IsCapital(i) ? 1 : 0;
            }
        }
        // Headlines end without a stop.
        return words >= 3 && !IsMark(sentence.End - 1, '.') && capitals * 10 >= words * 8;
    }
}

/// <summary>A mention with the tokens it covers.</summary>
internal sealed record Found(Mention Mention, int First, int End)
{
    /// <summary>For a person with an office: the first token of both together.</summary>
    internal int PhraseFirst { get; init; } = First;

    /// <summary>The token after both.</summary>
    internal int PhraseEnd { get; init; } = End;

    internal EntityDraft Entity => Mention.Entity;

    internal static Found At(
        Reading reading,
        EntityDraft entity,
        int first,
        int end,
        MentionReason reason,
        MentionForm form = MentionForm.Name
    ) =>
        new(
            new Mention
            {
                Entity = entity,
                Start = reading.Tokens[first].Start,
                Length = reading.Tokens[end - 1].End - reading.Tokens[first].Start,
                Form = form,
                Reason = reason,
            },
            first,
            end
        );
}
