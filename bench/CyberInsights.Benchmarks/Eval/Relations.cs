using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>The newsroom's stances read as the relations of PLOVER, so that coded corpora can be compared.</summary>
internal static class Relations
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

    internal static string OfCameo(string code) =>
        int.TryParse(code.AsSpan(0, Math.Min(2, code.Length)), out var root) && root < ByCameo.Length
            ? ByCameo[root]
            : "";

    internal static string Of(Stance stance) =>
        stance switch
        {
            Stance.Accuse or Stance.Assess or Stance.Condemn => "ACCUSE",
            Stance.Deny or Stance.Deflect or Stance.Decline or Stance.Refute => "REJECT",
            Stance.Support => "SUPPORT",
            Stance.Demand => "REQUEST",
            Stance.Protest => "PROTEST",
            Stance.Warn => "THREATEN",
            Stance.Act => "COERCE",
            Stance.Claim or Stance.Confirm => "AGREE",
            Stance.Retract => "YIELD",
            _ => "CONSULT",
        };

    /// <summary>The relation of a sentence with <c>&lt;s&gt;</c> around its source and <c>&lt;t&gt;</c> around its target.</summary>
    internal static string Of(string marked)
    {
        var (source, target) = (
            marked.IndexOf("</s>", StringComparison.Ordinal),
            marked.IndexOf("<t>", StringComparison.Ordinal)
        );
        var plain = Plain(marked);
        var reading = new Reading("", plain, "en");
        var from = source < 0 ? 0 : Plain(marked[..source]).Length + 1;
        var until = target < 0 || target < source ? plain.Length + 1 : Plain(marked[..target]).Length + 1;
        return Find(reading, from, until)
            ?? Find(reading, from, plain.Length + 1)
            ?? Find(reading, 0, plain.Length + 1)
            ?? "CONSULT";
    }

    private static string? Find(Reading reading, int from, int until)
    {
        var (cues, grammar) = (Cues.Of("en")!, Grammar.Of("en")!);
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (reading.Tokens[i].Start < from || reading.Tokens[i].End > until)
            {
                continue;
            }
            if (cues.Match(reading, i, reading.Tokens.Count) is { } hit && hit.Cue.Stance != Stance.Report)
            {
                var negated = Enumerable.Range(1, 4).Any(b => grammar.Is(reading.Word(i - b), WordClass.Negation));
                return negated ? "REJECT" : Of(hit.Cue.Stance);
            }
        }
        return null;
    }

    private static string Plain(string marked) =>
        marked
            .Replace("<s>", "", StringComparison.Ordinal)
            .Replace("</s>", "", StringComparison.Ordinal)
            .Replace("<t>", "", StringComparison.Ordinal)
            .Replace("</t>", "", StringComparison.Ordinal);
}
