using System.Text.RegularExpressions;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Relations;
using CyberInsights.Text;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>The coder's relations beside those of coded corpora, in the words of PLOVER.</summary>
internal static partial class Relations
{
    // PLOVER's relations by the first two digits of a CAMEO code (01 to 20).
    private static readonly string[] ByCameo =
    [
        "",
        "CONSULT",
        "REQUEST",
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "COOPERATE",
        "AID",
        "YIELD",
        "ACCUSE",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "MOBILIZE",
        "SANCTION",
        "COERCE",
        "ASSAULT",
        "ASSAULT",
        "ASSAULT",
    ];

    // The same for WEIS (McClelland 1978), the scheme before CAMEO; its subcodes that mean something else than their root are below.
    private static readonly string[] ByWeis =
    [
        "",
        "YIELD",
        "CONSULT",
        "CONSULT",
        "SUPPORT",
        "AGREE",
        "SUPPORT",
        "AID",
        "AGREE",
        "REQUEST",
        "REQUEST",
        "REJECT",
        "ACCUSE",
        "ACCUSE",
        "REJECT",
        "REQUEST",
        "THREATEN",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "SANCTION",
        "COERCE",
        "ASSAULT",
    ];

    internal static string OfCameo(string code) => ByRoot(ByCameo, code);

    internal static string OfWeis(string code) =>
        code switch
        {
            // Regrets, gives back, frees; invites; grants asylum.
            "061" or "065" or "066" => "YIELD",
            "062" => "AGREE",
            "063" => "AID",
            // Comes to an agreement; shows armed force; calls off a meeting.
            "081" => "SUPPORT",
            "182" => "MOBILIZE",
            "191" => "REJECT",
            _ => ByRoot(ByWeis, code),
        };

    /// <summary>The relation of a sentence with <c>&lt;s&gt;</c> around its source and <c>&lt;t&gt;</c> around its target; CONSULT when none is told.</summary>
    internal static string Of(string marked)
    {
        var plain = Mark.Replace(marked, "");
        return RelationCoder.Between(Whole(plain), Marked(marked, 's'), Marked(marked, 't')) is { } interaction
            ? Name(interaction.Relation)
            : "CONSULT";
    }

    /// <summary>All relations that a text tells.</summary>
    internal static HashSet<string> In(string text) =>
        [.. Parser.Shipped.Parse(text).SelectMany(RelationCoder.Read).Select(h => Name(h.Relation))];

    private static string Name(Relation relation) => relation.ToString().ToUpperInvariant();

    private static string ByRoot(string[] relations, string code) =>
        int.TryParse(code.AsSpan(0, Math.Min(2, code.Length)), out var root) && root < relations.Length
            ? relations[root]
            : "";

    // A row is one sentence, whatever stops stand in it.
    private static SyntaxTree Whole(string text)
    {
        var tokens = Tokens.Of(text);
        var words = Words.Of(text, tokens, Sentences.Of(text, tokens, "en"));
        return Parser.Shipped.Parse(
            text,
            [
                [.. words.SelectMany(w => w)],
            ]
        )[0];
    }

    // Where the words between two marks stand in the text without any; empty when a row has no such marks.
    private static Span Marked(string marked, char mark)
    {
        var (start, end) = (
            marked.IndexOf($"<{mark}>", StringComparison.Ordinal),
            marked.IndexOf($"</{mark}>", StringComparison.Ordinal)
        );
        return start < 0 || end < start
            ? default
            : Span.Between(Mark.Replace(marked[..start], "").Length, Mark.Replace(marked[..end], "").Length);
    }

    [GeneratedRegex("</?[st]>", RegexOptions.None, 1000)]
    private static partial Regex Mark { get; }
}
