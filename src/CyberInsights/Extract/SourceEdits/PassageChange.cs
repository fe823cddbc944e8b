using CyberInsights.Text;

namespace CyberInsights.Extract.SourceEdits;

/// <summary>One place where two texts differ, with what both have before and after it in the same sentence.</summary>
internal sealed record PassageChange
{
    // So many words of each side are shown with it.
    private const int Around = 5;

    // More words than this are a rewritten sentence, not a name taken out of one.
    private const int NameWords = 4;

    public required string Removed { get; init; }
    public required string Added { get; init; }

    /// <summary>Empty where a sentence begins.</summary>
    public required string Left { get; init; }

    /// <summary>Empty where it ends.</summary>
    public required string Right { get; init; }

    /// <summary>Words of its sentence stay; a sentence put in or taken out as a whole is no such change.</summary>
    internal bool WithinSentence => Left.Trim().Length > 0 || Right.Trim().Length > 0;

    /// <summary>A name came in: a capital letter.</summary>
    internal bool AddsName => HasName(Added);

    /// <summary>A name went out of a sentence and none came in: a capital letter where words around it have small ones.</summary>
    internal bool RemovesName =>
        Left.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var last]
        && char.IsLower(last[0])
        && Words(Removed) <= NameWords
        && Words(Added) <= NameWords
        && HasName(Removed)
        && !AddsName;

    /// <summary>The places where <paramref name="passages"/> differ in more than blanks.</summary>
    internal static IReadOnlyList<PassageChange> Of(IReadOnlyList<Passage> passages)
    {
        var changes = new List<PassageChange>();
        for (var i = 0; i < passages.Count; i++)
        {
            var left = i == 0 ? "" : passages[i - 1].Text;
            var (removed, added) = ("", "");
            for (; i < passages.Count && passages[i].Kind != PassageKind.Same; i++)
            {
                removed += passages[i].Kind == PassageKind.Removed ? passages[i].Text : "";
                added += passages[i].Kind == PassageKind.Added ? passages[i].Text : "";
            }
            if (removed.Trim() != added.Trim())
            {
                var ended = EndsSentence(removed) || EndsSentence(added);
                changes.Add(
                    new PassageChange
                    {
                        Removed = removed,
                        Added = added,
                        Left = left[Stops(left).LastOrDefault()..],
                        Right = ended || i == passages.Count ? "" : Beginning(passages[i].Text),
                    }
                );
            }
        }
        return changes;
    }

    internal static int Words(string text) => Tokens.List(text).Count(t => t.Kind != TokenKind.Mark);

    internal SourceEdit As(SourceEditKind kind) => new(kind, Shown(Removed), Shown(Added));

    private string Shown(string words)
    {
        if (words.Trim().Length == 0 && !WithinSentence)
        {
            return "";
        }
        var left = Left.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).TakeLast(Around);
        var right = Right.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(Around);
        var glue = (
            Left.Length > 0 && char.IsWhiteSpace(Left[^1]) ? " " : "",
            Right.Length > 0 && char.IsWhiteSpace(Right[0]) ? " " : ""
        );
        var text = string.Join(' ', left) + glue.Item1 + words + glue.Item2 + string.Join(' ', right);
        return Cut(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string Cut(string text) =>
        text.Length <= SourceEdit.MaxPassage ? text
        : text.LastIndexOf(' ', SourceEdit.MaxPassage - 2) is var blank and > 0 ? $"{text[..blank]} …"
        : $"{text[..(SourceEdit.MaxPassage - 2)]} …";

    private static bool HasName(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(word => char.IsUpper(word[0]));

    private static string Beginning(string text) => text[..Stops(text).FirstOrDefault(text.Length)];

    private static bool EndsSentence(string text) =>
        text.TrimEnd(' ') is { Length: > 0 } whole && IsStop(whole, whole.Length - 1);

    // Where something begins after a stop.
    private static IEnumerable<int> Stops(string text) =>
        Enumerable.Range(0, text.Length).Where(i => IsStop(text, i)).Select(i => i + 1);

    private static bool IsStop(string text, int at) =>
        text[at] is '\n' or '。' or '！' or '？'
        || (
            text[at] is '.' or '!' or '?' or '…' or '؟' or '।'
            && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]))
        );
}
