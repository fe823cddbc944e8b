using System.Text.Json.Nodes;
using CyberInsights.Recognise;
using CyberInsights.Training.Tagging;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Exact span F1 of entities on five corpora, per type of the corpus' own types, and <c>micro</c> over those types. Types that the
/// newsroom has no kind for (indicators, file names, techniques ...) are left out. The rules were never fitted to these corpora.
/// </summary>
internal static class EntitiesSuite
{
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
                [EntityKind.Place] = "LOC",
                [EntityKind.Sector] = "SECTOR",
                [EntityKind.Tool] = "TOOL",
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
                [EntityKind.Tool] = "Tool",
                [EntityKind.Country] = "Area",
                [EntityKind.Place] = "Area",
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
                [EntityKind.Place] = "LOC",
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
                [EntityKind.Place] = "Location",
                [EntityKind.Person] = "Person",
            },
            null
        ),
    ];

    public static Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var result = new JsonObject();
        foreach (var corpus in Corpora)
        {
            var scores = new SortedDictionary<string, Score>(StringComparer.Ordinal);
            foreach (var file in Parts(Path.Combine(data, corpus.Folder), [".bio", ".txt"]))
            {
                foreach (var text in AnnotatedText.Read(file))
                {
                    cancel.ThrowIfCancellationRequested();
                    Add(scores, corpus, text);
                }
            }
            if (scores.Count > 0)
            {
                result[corpus.Name] = Json(scores);
            }
        }
        return Task.FromResult(result.Count == 0 ? null : result);
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

    private static void Add(SortedDictionary<string, Score> scores, Corpus corpus, AnnotatedText text)
    {
        var types = corpus.Types;
        var wanted = text.Names.Where(g => types.Contains(g.Type)).ToHashSet();
        // Offsets count the empty title's line feed.
        var found = Recogniser
            .Read("", text.Text, "en")
            .Mentions.Select(m => (m.Start, m.End, Type: corpus.TypeOf(m.Entity)))
            .Where(m => m.Type is not null)
            .Select(m => new Marked(m.Start - 1, m.End - 1, m.Type!))
            .ToHashSet();
        found.RemoveWhere(m =>
            found.Any(o => o.Start <= m.Start && o.End >= m.End && o.End - o.Start > m.End - m.Start)
        );
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
