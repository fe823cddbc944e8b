using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>How a cue stands in its sentence.</summary>
internal enum CueFrame
{
    /// <summary>A content follows or stands before: "said that", "…, said X".</summary>
    Say,

    /// <summary>The target follows: "accused Y of".</summary>
    Object,

    /// <summary>What is attributed follows, then "to" and the target.</summary>
    Attribute,

    /// <summary>A measure taken: "sanctioned Y".</summary>
    Act,

    /// <summary>Nothing follows: "declined to comment".</summary>
    Alone,

    /// <summary>The speaker follows: "according to X".</summary>
    According,

    /// <summary>A verb that carries nothing by itself: "voiced (concern)".</summary>
    Light,

    /// <summary>What a light verb carries: "concern".</summary>
    Noun,

    /// <summary>An opinion word follows: "called the claims baseless".</summary>
    Judge,
}

/// <summary>The form of an English verb; <see cref="Any"/> for other languages, whose lists hold every form.</summary>
internal enum VerbForm
{
    Any,
    Base,
    Present,
    Past,
    Ing,
}

/// <summary>A phrase that carries a stance; <see cref="Tail"/> stands later in the sentence: "wirft China … vor".</summary>
internal sealed record Cue(Stance Stance, CueFrame Frame, VerbForm Form, string[] Words, string[] Tail)
{
    /// <summary>No word tells that somebody says something; the quotation does.</summary>
    internal static readonly Cue BesideQuotation = new(CyberInsights.Stance.Report, CueFrame.Say, VerbForm.Any, [], []);
}

/// <summary>A cue found in a text: tokens from <paramref name="First"/> up to <paramref name="End"/>; <paramref name="TailAt"/> is -1 without a tail.</summary>
internal sealed record CueHit(Cue Cue, int First, int End, int TailAt)
{
    internal CueFrame Frame => Cue.Frame;
}

/// <summary>The cues of one language by their first word. Immutable, thread safe.</summary>
internal sealed class Cues
{
    private const int MaxGap = 14;

    private static readonly Lazy<FrozenDictionary<string, Cues>> Loaded = new(Load);
    private static readonly string[] CzechPast = ["", "a", "o", "i", "y"];
    private static readonly string[] RussianPast = ["", "а", "о", "и"];
    private static readonly string[] SpanishParticiple = ["o", "a", "os", "as"];

    // Only the irregular verbs among the cues: base, past, participle.
    private static readonly FrozenDictionary<string, string[]> Irregular = (
        "say said|tell told|write wrote written|take took taken|stand stood|find found|think thought|withdraw withdrew withdrawn|"
        + "hit hit|expel expelled|lay laid|bring brought|freeze froze frozen|put put|go went gone|read read|speak spoke spoken|ban banned|"
        + "pin pinned|plead pleaded|quip quipped|admit admitted|rebut rebutted|shrug shrugged|shut shut|beseech besought|rebuff rebuffed|submit submitted"
    )
        .Split('|')
        .Select(v => v.Split(' '))
        .ToFrozenDictionary(v => v[0], v => v[1..]);

    private readonly FrozenDictionary<string, Cue[]> byFirstWord;
    private readonly FrozenDictionary<string, Cue> nouns;

    private Cues(IReadOnlyList<Cue> cues)
    {
        byFirstWord = cues.Where(c => c.Frame != CueFrame.Noun)
            .GroupBy(c => c.Words[0])
            .ToFrozenDictionary(
                g => g.Key,
                g => g.OrderByDescending(c => c.Words.Length + c.Tail.Length).ThenByDescending(c => c.Frame).ToArray()
            );
        nouns = cues.Where(c => c.Frame == CueFrame.Noun).ToFrozenDictionary(c => c.Words[0]);
    }

    /// <summary>Every first word of a cue, folded.</summary>
    internal IEnumerable<string> Words => byFirstWord.Keys;

    internal static Cues? Of(string language) => Loaded.Value.GetValueOrDefault(language);

    /// <summary>The longest cue at token <paramref name="at"/> that ends before <paramref name="end"/>.</summary>
    internal CueHit? Match(Reading reading, int at, int end)
    {
        if (!byFirstWord.TryGetValue(reading.Word(at), out var cues))
        {
            return null;
        }
        foreach (var cue in cues)
        {
            if (Covers(reading, cue.Words, at, end))
            {
                var after = at + cue.Words.Length;
                var tail = cue.Tail.Length == 0 ? -1 : Tail(reading, cue.Tail, after, end);
                if (cue.Frame == CueFrame.Light)
                {
                    if (Noun(reading, cue, at, end) is { } carried)
                    {
                        return carried;
                    }
                }
                else if (cue.Tail.Length == 0 || tail >= 0)
                {
                    return new CueHit(cue, at, after, tail);
                }
            }
        }
        return null;
    }

    // "voiced strong concern and firm opposition": the last noun of the row is where "to" or "for" goes on.
    private CueHit? Noun(Reading reading, Cue light, int at, int end)
    {
        const int maxBetween = 7;
        CueHit? hit = null;
        for (var i = at + 1; i < Math.Min(end, at + 1 + maxBetween); i++)
        {
            var word = reading.Word(i);
            if (nouns.TryGetValue(word, out var noun))
            {
                hit = new CueHit(
                    noun with
                    {
                        Stance = hit?.Cue.Stance ?? noun.Stance,
                        Form = light.Form,
                    },
                    at,
                    i + 1,
                    -1
                );
            }
            else if (
                word is "to" or "for" or "with" or "that" or "of" or "about" or "over" or "on" or "," or "." or ";"
            )
            {
                break;
            }
        }
        return hit;
    }

    private static bool Covers(Reading reading, string[] words, int at, int end)
    {
        if (at + words.Length > end)
        {
            return false;
        }
        for (var i = 1; i < words.Length; i++)
        {
            if (reading.Word(at + i) != words[i])
            {
                return false;
            }
        }
        return true;
    }

    private static int Tail(Reading reading, string[] tail, int from, int end)
    {
        for (var i = from; i < Math.Min(end, from + MaxGap); i++)
        {
            if (reading.Word(i) == tail[0] && Covers(reading, tail, i, end))
            {
                return i;
            }
        }
        return -1;
    }

    private static FrozenDictionary<string, Cues> Load() =>
        ListFile
            .Read("cues.tsv", 4)
            .Concat(LanguageList.Read("cue"))
            .GroupBy(l => l[0])
            .ToFrozenDictionary(
                g => g.Key,
                g => new Cues([
                    .. g.SelectMany(l => Parse(g.Key, l))
                        .DistinctBy(c => (string.Join(' ', c.Words), string.Join(' ', c.Tail), c.Frame)),
                ])
            );

    private static IEnumerable<Cue> Parse(string language, string[] line)
    {
        var (stance, frame) = (Enum.Parse<Stance>(line[1]), Enum.Parse<CueFrame>(line[2], ignoreCase: true));
        foreach (var phrase in ListFile.Words(line[3]))
        {
            foreach (var (form, spelling) in Spellings(language, frame, phrase))
            {
                var halves = spelling.Split('~', StringSplitOptions.TrimEntries);
                yield return new Cue(
                    stance,
                    frame,
                    form,
                    WordsOf(halves[0], language),
                    halves.Length > 1 ? WordsOf(halves[1], language) : []
                );
            }
        }
    }

    private static string[] WordsOf(string phrase, string language) =>
        language == "fr"
            ? [.. Tokens.List(phrase, elisions: true).Select(t => t.Folded)]
            : [.. phrase.Split(' ').Select(w => Folding.Fold(w))];

    private static IEnumerable<(VerbForm, string)> Spellings(string language, CueFrame frame, string phrase) =>
        language switch
        {
            "en" when frame is not (CueFrame.According or CueFrame.Noun) => Inflect(phrase),
            "cs" when phrase.Contains('*', StringComparison.Ordinal) => CzechPast.Select(e =>
                (VerbForm.Any, phrase.Replace("*", e, StringComparison.Ordinal))
            ),
            "ru" when phrase.Contains('*', StringComparison.Ordinal) => RussianPast.Select(e =>
                (VerbForm.Any, phrase.Replace("*", e, StringComparison.Ordinal))
            ),
            // Participles agree in the passive: "condamnée par", "condenada por".
            "fr" when phrase.EndsWith('é') =>
            [
                (VerbForm.Any, phrase),
                (VerbForm.Any, $"{phrase}e"),
                (VerbForm.Any, $"{phrase}s"),
                (VerbForm.Any, $"{phrase}es"),
            ],
            "es"
                when phrase.EndsWith("ado", StringComparison.Ordinal)
                    || phrase.EndsWith("ido", StringComparison.Ordinal) => SpanishParticiple.Select(e =>
                (VerbForm.Any, phrase[..^1] + e)
            ),
            "ar" => [(VerbForm.Any, phrase), (VerbForm.Any, $"و{phrase}"), (VerbForm.Any, $"ف{phrase}")],
            _ => [(VerbForm.Any, phrase)],
        };

    private static IEnumerable<(VerbForm, string)> Inflect(string phrase)
    {
        var space = phrase.IndexOf(' ', StringComparison.Ordinal);
        var (verb, rest) = space < 0 ? (phrase, "") : (phrase[..space], phrase[space..]);
        yield return (VerbForm.Base, verb + rest);
        yield return (VerbForm.Present, Present(verb) + rest);
        yield return (VerbForm.Ing, Ing(verb) + rest);
        foreach (var past in Irregular.TryGetValue(verb, out var forms) ? forms : [Past(verb)])
        {
            yield return (VerbForm.Past, past + rest);
        }
    }

    private static string Present(string verb) =>
        verb[^1] == 'y' && !IsVowel(verb[^2]) ? verb[..^1] + "ies"
        : verb[^1] is 's' or 'x' or 'z' or 'o'
        || verb.EndsWith("ch", StringComparison.Ordinal)
        || verb.EndsWith("sh", StringComparison.Ordinal)
            ? verb + "es"
        : verb + "s";

    private static string Past(string verb) =>
        verb[^1] == 'e' ? verb + "d"
        : verb[^1] == 'y' && !IsVowel(verb[^2]) ? verb[..^1] + "ied"
        : verb + "ed";

    private static string Ing(string verb) =>
        verb is "ban" or "expel" or "pin" or "quip" or "hit" or "shut" or "admit" or "rebut" or "shrug" or "put"
            ? verb + verb[^1] + "ing"
        : verb[^1] == 'e' ? verb[..^1] + "ing"
        : verb + "ing";

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
