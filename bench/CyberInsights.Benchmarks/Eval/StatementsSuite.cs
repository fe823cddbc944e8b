using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CyberInsights.Recognise;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// Who says what, on corpora of news attributions and coded events. Spans match when they share at least half of the longer one. The
/// rules were never fitted to these corpora; several may not be (test only).
/// </summary>
internal static partial class StatementsSuite
{
    public static async Task<JsonObject?> RunAsync(string data, CancellationToken cancel)
    {
        var folder = Path.Combine(data, "statements");
        var result = new JsonObject();
        await PloverAsync(Path.Combine(folder, "plover", "datasets"), result, cancel);
        await PolnearAsync(Path.Combine(folder, "polnear", "data"), result, cancel);
        await GermanAsync(Path.Combine(folder, "german-wikinews-quotes"), result, cancel);
        await PetrarchAsync(Path.Combine(folder, "petrarch2", "petrarch2", "data", "text"), result, cancel);
        return result.Count == 0 ? null : result;
    }

    private static void Put(JsonObject result, string key, double value) => result[key] = Math.Round(value, 4);

    // The marked source and target are given. The errors of odd rows were never read, those of some even ones were.
    private static async Task PloverAsync(string folder, JsonObject result, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        var (all, odd) = (new Dictionary<string, Score>(), new Dictionary<string, Score>());
        foreach (var file in Directory.EnumerateFiles(folder, "PLV_*.tsv").Order(StringComparer.Ordinal))
        {
            var lines = await File.ReadAllLinesAsync(file, cancel);
            var header = lines[0].Split('\t');
            var (marked, root) = (Array.IndexOf(header, "marked_sentence"), Array.IndexOf(header, "gold_root"));
            foreach (var (row, fields) in lines.Skip(1).Select(l => l.Split('\t')).Index())
            {
                if (fields.Length <= Math.Max(marked, root))
                {
                    continue;
                }
                var told = Relations.Of(fields[marked]);
                Count(all, fields[root], told);
                if (row % 2 == 1)
                {
                    Count(odd, fields[root], told);
                }
            }
        }
        if (all.Count > 0)
        {
            Put(result, "plover_macro_f1", MacroF1(all));
            Put(result, "plover_odd_macro_f1", MacroF1(odd));
        }
    }

    private static double MacroF1(Dictionary<string, Score> scores) =>
        scores.Values.Where(s => s.Wanted > 0).Average(s => s.F1);

    private static void Count(Dictionary<string, Score> scores, string wanted, string told)
    {
        Of(wanted).Wanted++;
        Of(told).Found++;
        Of(told).Right += told == wanted ? 1 : 0;

        Score Of(string relation) =>
            scores.TryGetValue(relation, out var score) ? score : scores[relation] = new Score();
    }

    private static async Task PolnearAsync(string folder, JsonObject result, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }
        var parts = Directory
            .EnumerateDirectories(folder)
            .Where(d => Directory.Exists(Path.Combine(d, "attributions")))
            .ToList();
        var unseen = parts.Where(d => Path.GetFileName(d) != "train").ToList();
        var (source, pair) = (new Score(), new Score());
        foreach (var part in (unseen.Count > 0 ? unseen : parts).Order(StringComparer.Ordinal))
        {
            // Some articles have several annotators; one of them is taken, as the others say the same in other words.
            var files = Directory
                .EnumerateFiles(Path.Combine(part, "attributions"), "*.ann")
                .Order(StringComparer.Ordinal);
            foreach (var article in files.GroupBy(f => Path.GetFileName(f)[..Path.GetFileName(f).LastIndexOf('_')]))
            {
                var text = await File.ReadAllTextAsync(Path.Combine(part, "text", $"{article.Key}.txt"), cancel);
                var gold = Attributions(text, await File.ReadAllLinesAsync(article.First(), cancel));
                var found = Recogniser
                    .Read("", text, "en")
                    // The corpus gives each word to one attribution at most.
                    .Attributions.Where(a => !a.Nested)
                    .Select(a => new Attribution([Back(a.Source)], [Back(a.Cue)], [.. a.Content.Select(Back)]))
                    .ToList();
                Compare(
                    source,
                    gold,
                    found,
                    (g, f) => Half(g.Source, f.Source) && (Touch(g.Cue, f.Cue) || Touch(g.Content, f.Content))
                );
                Compare(pair, gold, found, (g, f) => Half(g.Source, f.Source) && Half(g.Content, f.Content));
            }
        }
        if (source.Wanted > 0)
        {
            Put(result, "polnear_source_f1", source.F1);
            Put(result, "polnear_pair_f1", pair.F1);
        }
    }

    // Offsets count the empty title's line feed.
    private static Span Back(Span span) => new(span.Start - 1, span.Length);

    private static List<Attribution> Attributions(string text, string[] lines)
    {
        // brat counts code points.
        var units = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i += char.IsSurrogatePair(text, i) ? 2 : 1)
        {
            units.Add(i);
        }
        units.Add(text.Length);
        var spans = lines
            .Where(l => l.StartsWith('T'))
            .Select(l => l.Split('\t'))
            .ToDictionary(f => f[0], f => Spans(f[1][(f[1].IndexOf(' ', StringComparison.Ordinal) + 1)..], units));
        return
        [
            .. lines
                .Where(l => l.StartsWith('E'))
                .Select(l => l.Split('\t')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(roles => new Attribution(Role(roles, "Source"), Role(roles, "Cue"), Role(roles, "Content")))
                .Where(a => a.Source.Count > 0),
        ];

        List<Span> Role(string[] roles, string name) =>
            [
                .. roles
                    .Select(r => r.Split(':'))
                    .Where(r => r[0].TrimEnd("0123456789".ToCharArray()) == name && spans.ContainsKey(r[1]))
                    .SelectMany(r => spans[r[1]]),
            ];
    }

    private static List<Span> Spans(string field, List<int> units) =>
        [
            .. field
                .Split(';')
                .Select(p => p.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())
                .Where(p => p[1] < units.Count)
                .Select(p => Span.Between(units[p[0]], units[p[1]])),
        ];

    private static async Task GermanAsync(string folder, JsonObject result, CancellationToken cancel)
    {
        var (quotes, speakers) = (new Score(), new Score());
        foreach (var file in EntitiesSuite.Parts(folder, [".jsonl"]))
        {
            await foreach (var line in File.ReadLinesAsync(file, cancel))
            {
                using var document = JsonDocument.Parse(line);
                var text = document.RootElement.GetProperty("text").GetString()!;
                var gold = document
                    .RootElement.GetProperty("annotations")
                    .EnumerateArray()
                    .Where(a => a.GetProperty("type").GetString() == "Direct")
                    .Select(a => new Attribution(Parts(a, "speaker"), [], Parts(a, "quote")))
                    .ToList();
                CompareGerman(quotes, speakers, gold, text);
            }
        }
        if (quotes.Wanted > 0)
        {
            Put(result, "german_quote_f1", quotes.F1);
            Put(result, "german_speaker_f1", speakers.F1);
        }

        static List<Span> Parts(JsonElement annotation, string name) =>
            [
                .. annotation
                    .GetProperty(name)
                    .GetProperty("spans")
                    .EnumerateArray()
                    .Select(s => Span.Between(s[0].GetInt32(), s[1].GetInt32())),
            ];
    }

    // A quotation counts as found when it has a speaker, or is a sentence long; the gold includes the marks.
    private static void CompareGerman(Score quotes, Score speakers, List<Attribution> gold, string text)
    {
        const int leastCharacters = 25;
        var said = Recogniser
            .Read("", text, "de")
            .Statements.Where(s => s.Quote is not null)
            .Select(s => new Attribution(
                [Back(s.SpeakerSpan)],
                [],
                [new Span(s.Quote!.Value.Start - 2, s.Quote.Value.Length + 2)]
            ))
            .DistinctBy(a => a.Content[0])
            .ToList();
        var others = Text
            .Quotes.Of(text)
            .Where(q => q.Length >= leastCharacters)
            .Select(q => new Attribution([], [], [new Span(q.Start - 1, q.Length + 2)]))
            .Where(q => !said.Any(s => Touch(s.Content, q.Content)));
        Compare(quotes, gold, [.. said, .. others], (g, f) => Half(g.Content, f.Content));
        Compare(
            speakers,
            [.. gold.Where(g => g.Source.Count > 0)],
            said,
            (g, f) => Half(g.Content, f.Content) && Half(g.Source, f.Source)
        );
    }

    // Of a coding only the relation is compared: its actors are invented and in no list. A sentence without a coding is right
    // when nothing but neutral telling is found in it. The codes are read as CAMEO and as WEIS: the records are older than CAMEO, and have
    // 032 for a visit, 041 for praise, 122 for condemnation, 160 for a warning.
    private static async Task PetrarchAsync(string folder, JsonObject result, CancellationToken cancel)
    {
        var file = Path.Combine(folder, "PETR.UnitTest.records.xml");
        if (!File.Exists(file))
        {
            return;
        }
        var records = Record
            .Matches(await File.ReadAllTextAsync(file, cancel))
            .Select(m => (Told: Relations.In(Folded(m.Groups["text"].Value)), Codes: CodesOf(m.Groups["head"].Value)))
            .ToList();
        if (records.Count > 0)
        {
            // Errors were read in the first half alone.
            var half = records.Count / 2;
            Put(result, "petrarch_share", Share(records, Relations.OfCameo));
            Put(result, "petrarch_weis_share", Share(records, Relations.OfWeis));
            Put(result, "petrarch_weis_share_first_half", Share(records[..half], Relations.OfWeis));
            Put(result, "petrarch_weis_share_second_half", Share(records[half..], Relations.OfWeis));
        }
    }

    private static List<string> CodesOf(string head) => [.. Code.Matches(head).Select(c => c.Groups[1].Value)];

    private static double Share(
        List<(HashSet<string> Told, List<string> Codes)> records,
        Func<string, string> relationOf
    )
    {
        var (right, all) = (0, 0);
        foreach (var (told, codes) in records)
        {
            all += Math.Max(1, codes.Count);
            right +=
                codes.Count == 0
                    ? (told.All(t => t == "CONSULT") ? 1 : 0)
                    : codes.Count(c => told.Contains(relationOf(c)));
        }
        return (double)right / all;
    }

    private static string Folded(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Greedy and one to one: each gold attribution takes the first prediction that fits and is free.
    private static void Compare(
        Score score,
        List<Attribution> gold,
        List<Attribution> found,
        Func<Attribution, Attribution, bool> fits
    )
    {
        var free = found.ToList();
        foreach (var wanted in gold)
        {
            var at = free.FindIndex(f => fits(wanted, f));
            if (at >= 0)
            {
                free.RemoveAt(at);
                score.Right++;
            }
        }
        score.Found += found.Count;
        score.Wanted += gold.Count;
    }

    private static bool Half(IReadOnlyList<Span> a, IReadOnlyList<Span> b)
    {
        var shared = a.Sum(x => b.Sum(y => Math.Max(0, Math.Min(x.End, y.End) - Math.Max(x.Start, y.Start))));
        var longer = Math.Max(a.Sum(x => x.Length), b.Sum(x => x.Length));
        return longer > 0 && shared * 2 >= longer;
    }

    private static bool Touch(IReadOnlyList<Span> a, IReadOnlyList<Span> b) => a.Any(x => b.Any(y => x.Overlaps(y)));

    private sealed record Attribution(IReadOnlyList<Span> Source, IReadOnlyList<Span> Cue, IReadOnlyList<Span> Content);

    [GeneratedRegex(@"<Sentence (?<head>.*?)<Text>(?<text>.*?)</Text>", RegexOptions.Singleline, 10_000)]
    private static partial Regex Record { get; }

    [GeneratedRegex("eventcode=\"(\\d+)\"", RegexOptions.None, 1000)]
    private static partial Regex Code { get; }
}
