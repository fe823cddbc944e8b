using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Exact span F1 of entities on five corpora, per type of the corpus' own types, and <c>micro</c> over those types. Types that the
/// newsroom has no kind for (indicators, file names, techniques ...) are left out. The rules were never fitted to these corpora.
/// </summary>
internal static class EntitiesSuite
{
    // Sentences read as one text where a corpus does not mark its documents: enough for "surname after full name".
    private const int SentencesPerText = 60;

    private static readonly Corpus[] Corpora =
    [
        new(
            "annoctr",
            "cyberner/annoctr/AnnoCTR/ner_bio",
            new()
            {
                [EntityKind.Malware] = "MALWARE",
                [EntityKind.Actor] = "GROUP",
                [EntityKind.Organisation] = "ORG",
                [EntityKind.Bloc] = "ORG",
                [EntityKind.Country] = "LOC",
                [EntityKind.Sector] = "SECTOR",
            },
            null
        ),
        new(
            "cyner",
            "cyberner/cyner/dataset/mitre",
            new()
            {
                [EntityKind.Malware] = "Malware",
                [EntityKind.Actor] = "Organization",
                [EntityKind.Organisation] = "Organization",
                [EntityKind.Bloc] = "Organization",
                [EntityKind.Vulnerability] = "Vulnerability",
            },
            null
        ),
        new(
            "dnrti",
            "cyberner/dnrti/DNRTI",
            new()
            {
                [EntityKind.Actor] = "HackOrg",
                [EntityKind.Malware] = "Tool",
                [EntityKind.Country] = "Area",
                [EntityKind.Organisation] = "Org",
                [EntityKind.Bloc] = "Org",
                [EntityKind.Sector] = "Idus",
                [EntityKind.Vulnerability] = "Exp",
            },
            "SecTeam"
        ),
        new(
            "aptner",
            "cyberner/aptner",
            new()
            {
                [EntityKind.Actor] = "APT",
                [EntityKind.Malware] = "MAL",
                [EntityKind.Country] = "LOC",
                [EntityKind.Organisation] = "IDTY",
                [EntityKind.Bloc] = "IDTY",
                [EntityKind.Sector] = "IDTY",
                [EntityKind.Vulnerability] = "VULID",
            },
            "SECTEAM"
        ),
        new(
            "ladder",
            "cyberner/ladder/ner/dataset/150",
            new()
            {
                [EntityKind.Malware] = "Malware",
                [EntityKind.Actor] = "ThreatActor",
                [EntityKind.Organisation] = "Organization",
                [EntityKind.Bloc] = "Organization",
                [EntityKind.Country] = "Location",
                [EntityKind.Person] = "Person",
            },
            null
        ),
    ];

    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var result = new JsonObject();
        foreach (var corpus in Corpora)
        {
            var scores = new SortedDictionary<string, Score>(StringComparer.Ordinal);
            foreach (var file in Parts(Path.Combine(data, corpus.Folder), [".bio", ".txt"]))
            {
                foreach (var sentences in Texts(await File.ReadAllLinesAsync(file, cancel)))
                {
                    Add(scores, corpus, sentences);
                }
            }
            if (scores.Count > 0)
            {
                result[corpus.Name] = Json(scores);
            }
        }
        return result.Count == 0 ? null : result;
    }

    /// <summary>The files to measure on: development or test parts; training parts only where there is nothing else.</summary>
    internal static IReadOnlyList<string> Parts(string folder, string[] extensions)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }
        var files = Directory
            .EnumerateFiles(folder)
            .Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.Ordinal))
            .Where(f => !Path.GetFileName(f).StartsWith("README", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        var unseen = files.Where(f => !Path.GetFileName(f).Contains("train", StringComparison.Ordinal)).ToList();
        return unseen.Count > 0 ? unseen : files;
    }

    private static JsonObject Json(SortedDictionary<string, Score> scores)
    {
        var json = new JsonObject();
        foreach (var (type, score) in scores)
        {
            json[type] = Math.Round(score.F1, 4);
        }
        json["micro"] = Math.Round(Score.Sum(scores.Values).F1, 4);
        return json;
    }

    private static IEnumerable<List<List<(string Word, string Tag)>>> Texts(string[] lines)
    {
        var text = new List<List<(string, string)>>();
        var sentence = new List<(string, string)>();
        var marked = lines.Any(l => l.StartsWith("<DOCSTART>", StringComparison.Ordinal));
        foreach (var line in lines.Append(""))
        {
            var fields = line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            var starts = line.StartsWith("<DOCSTART>", StringComparison.Ordinal);
            if (fields.Length >= 2 && !starts)
            {
                sentence.Add((fields[0], fields[^1]));
                continue;
            }
            if (sentence.Count > 0)
            {
                text.Add(sentence);
                sentence = [];
            }
            if (text.Count > 0 && (starts || (!marked && text.Count >= SentencesPerText)))
            {
                yield return text;
                text = [];
            }
        }
        if (text.Count > 0)
        {
            yield return text;
        }
    }

    private static void Add(
        SortedDictionary<string, Score> scores,
        Corpus corpus,
        List<List<(string Word, string Tag)>> sentences
    )
    {
        var (text, gold) = Join(sentences);
        var types = corpus.Types;
        var wanted = gold.Where(g => types.Contains(g.Type)).ToHashSet();
        var mentions = Recogniser.Read("", text, "en").Mentions;
        // Offsets count the empty title's line feed.
        var found = mentions
            .Where(m => !mentions.Any(o => o.Length > m.Length && o.Start <= m.Start && o.End >= m.End))
            .Select(m => (Start: m.Start - 1, End: m.End - 1, Type: corpus.TypeOf(m.Entity)))
            .Where(m => m.Type is not null)
            .Select(m => (m.Start, m.End, Type: m.Type!))
            .ToHashSet();
        foreach (var type in types)
        {
            if (!scores.TryGetValue(type, out var score))
            {
                score = scores[type] = new Score();
            }
            score.Right += found.Count(f => f.Type == type && wanted.Contains(f));
            score.Found += found.Count(f => f.Type == type);
            score.Wanted += wanted.Count(w => w.Type == type);
        }
    }

    private static (string Text, HashSet<(int Start, int End, string Type)> Gold) Join(
        List<List<(string Word, string Tag)>> sentences
    )
    {
        var text = new StringBuilder();
        var gold = new HashSet<(int, int, string)>();
        foreach (var sentence in sentences)
        {
            var (start, end, type) = (0, 0, "");
            foreach (var (word, tag) in sentence)
            {
                var dash = tag.IndexOf('-', StringComparison.Ordinal);
                var (mark, kind) = dash == 1 ? (tag[0], tag[2..]) : ('O', "");
                if (mark is 'B' or 'S' or 'O' || kind != type)
                {
                    Close();
                    (start, type) = (text.Length, kind);
                }
                text.Append(word);
                end = text.Length;
                text.Append(' ');
            }
            Close();
            text.Append('\n');

            void Close()
            {
                if (type.Length > 0)
                {
                    gold.Add((start, end, type));
                }
                type = "";
            }
        }
        return (text.ToString(), gold);
    }

    /// <param name="Firms">The corpus' type for research and security firms, where it has one of its own.</param>
    private sealed record Corpus(string Name, string Folder, Dictionary<EntityKind, string> Kinds, string? Firms)
    {
        internal HashSet<string> Types { get; } = [.. Kinds.Values, .. Firms is null ? (string[])[] : [Firms]];

        internal string? TypeOf(EntityDraft entity) =>
            Firms is not null && Knowledge.Shipped.Researchers.Contains(entity.Key)
                ? Firms
                : Kinds.GetValueOrDefault(entity.Kind);
    }
}

/// <summary>Counts behind precision and recall.</summary>
internal sealed class Score
{
    internal int Right { get; set; }
    internal int Found { get; set; }
    internal int Wanted { get; set; }
    internal double F1 => Right == 0 ? 0 : 2.0 * Right / (Found + Wanted);

    internal static Score Sum(IEnumerable<Score> scores)
    {
        var sum = new Score();
        foreach (var score in scores)
        {
            sum.Right += score.Right;
            sum.Found += score.Found;
            sum.Wanted += score.Wanted;
        }
        return sum;
    }
}
