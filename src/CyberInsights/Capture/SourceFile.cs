using System.Text.Json;
using CyberInsights.Net;

namespace CyberInsights.Capture;

/// <summary>
/// Reads a list of sources: a JSON array of objects with <c>feed</c> (the key), <c>name</c>, <c>address</c> and optional <c>home</c>,
/// <c>kind</c> (feed, page, sitemap, json, kev, csaf or cve), <c>language</c>, <c>country</c>, <c>ownership</c>, <c>owner</c>, <c>interest</c>,
/// <c>reliability</c> (1 to 5), <c>fullText</c>, <c>watchEdits</c>, <c>labels</c>, <c>relevance</c> (all or field), <c>include</c> and <c>exclude</c>
/// (rules, one a line) and <c>rule</c> (how a page or JSON is read; <c>page</c> means the same).
/// </summary>
public static class SourceFile
{
    public const int MaxSources = 10_000;

    private static readonly Dictionary<string, SourceKind> Kinds = new()
    {
        ["feed"] = SourceKind.Feed,
        ["page"] = SourceKind.Page,
        ["sitemap"] = SourceKind.Sitemap,
        ["json"] = SourceKind.Json,
        ["kev"] = SourceKind.Kev,
        ["csaf"] = SourceKind.Csaf,
        ["cve"] = SourceKind.Cve,
    };

    private const int MaxText = 300;
    private const int MaxRules = 10_000;
    private const int ProblemsTold = 10;

    /// <summary>What <see cref="Source.Ownership"/> may say.</summary>
    public static IReadOnlyList<string> Ownerships { get; } = ["private", "public", "state", "nonprofit"];

    /// <summary>Whether <paramref name="tag"/> looks like a BCP 47 tag (RFC 5646, section 2.1): letters, digits and hyphens, at most 35.</summary>
    public static bool IsLanguageTag(string tag) =>
        tag.Length is > 1 and <= 35 && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 16,
    };

    /// <exception cref="RefusalException">The file is not such a list; the sentences name every problem, up to ten.</exception>
    public static IReadOnlyList<Source> Read(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw Refuse(["The list of sources is not a JSON array"]);
        }
        var problems = new List<string>();
        var sources = new List<Source>();
        foreach (var (index, entry) in document.RootElement.EnumerateArray().Index())
        {
            if (index == MaxSources)
            {
                problems.Add($"The list has more than {MaxSources} sources");
                break;
            }
            if (ReadSource(new Entry(entry, index + 1, problems)) is { } source)
            {
                sources.Add(source);
            }
        }
        problems.AddRange(
            sources
                .GroupBy(s => s.Key)
                .Where(g => g.Count() > 1)
                .Select(g => $"The key \"{g.Key}\" occurs {g.Count()} times")
        );
        return problems.Count == 0 ? sources : throw Refuse(problems);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            // JsonDocument refuses the byte order mark that some editors write.
            return JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Options);
        }
        catch (JsonException e)
        {
            throw Refuse([
                $"The list of sources is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})",
            ]);
        }
    }

    private static Source? ReadSource(Entry entry)
    {
        var kind = entry.OneOf("kind", [.. Kinds.Keys]) is { } named
            ? Kinds.GetValueOrDefault(named, SourceKind.Feed)
            : SourceKind.Feed;
        var (key, address) = (entry.Text("feed", needed: true), entry.Text("address", needed: true, 2048));
        if (key is not null && !SourceKeys.IsKey(key))
        {
            entry.Problem(
                "feed",
                $"has other characters than a-z, 0-9 and hyphen, or more than {SourceKeys.MaxLength} of them"
            );
        }
        if (address is not null && !Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            entry.Problem("address", "is not a whole address such as https://news.example/feed.xml");
        }
        var rule = entry.Rule();
        if (rule is null && kind is SourceKind.Page or SourceKind.Json)
        {
            entry.Problem("rule", "is missing, and without it nothing can be found on a page or in JSON");
        }
        var name = entry.Text("name", needed: true);
        var source = new Source
        {
            Key = key ?? "",
            Name = name ?? "",
            Address = address ?? "",
            Home = entry.Text("home", needed: false, 2048),
            Kind = kind,
            Language = entry.Text("language"),
            Country = entry.Text("country"),
            Ownership = entry.OneOf("ownership", Ownerships),
            Owner = entry.Text("owner"),
            Interest = entry.Text("interest"),
            Reliability = entry.Number("reliability", 1, 5) ?? 3,
            FullText = entry.Truth("fullText") ?? false,
            WatchEdits = entry.Truth("watchEdits") ?? true,
            Rule = rule,
            Relevance = entry.OneOf("relevance", ["all", "field"]) == "field" ? Relevance.Field : Relevance.All,
            IncludeRules = entry.Text("include", needed: false, MaxRules),
            ExcludeRules = entry.Text("exclude", needed: false, MaxRules),
            Labels = entry.Labels(),
        };
        return entry.Clean ? source : null;
    }

    private static RefusalException Refuse(List<string> problems)
    {
        var told = string.Join("; ", problems.Take(ProblemsTold));
        var more = problems.Count > ProblemsTold ? $"; and {problems.Count - ProblemsTold} more" : "";
        return new RefusalException(
            RefusalKind.BadInput,
            $"{told}{more}: no source was added or changed. Correct the file and give it again."
        );
    }

    /// <summary>One object of the list; collects what is wrong with it.</summary>
    private sealed class Entry(JsonElement element, int number, List<string> problems)
    {
        internal bool Clean { get; private set; } = true;

        internal void Problem(string field, string what)
        {
            problems.Add($"Source {number}: \"{field}\" {what}");
            Clean = false;
        }

        internal string? Text(string field, bool needed = false, int maxCharacters = MaxText)
        {
            if (Value(field) is { ValueKind: not JsonValueKind.String })
            {
                Problem(field, "is not text");
                return null;
            }
            var text = Value(field) is { } value ? ReadString(value).Trim() : "";
            if (text.Length > maxCharacters)
            {
                Problem(field, $"has more than {maxCharacters} characters");
            }
            else if (text.Length == 0 && needed)
            {
                Problem(field, "is missing");
            }
            return text.Length == 0 ? null : text;
        }

        internal string? OneOf(string field, IReadOnlyList<string> allowed)
        {
            var text = Text(field);
            if (text is not null && !allowed.Contains(text))
            {
                Problem(field, $"is \"{OneLine.Of(text, 40)}\", not one of {string.Join(", ", allowed)}");
            }
            return text;
        }

        internal int? Number(string field, int min, int max)
        {
            if (Value(field) is not { } value)
            {
                return null;
            }
            if (
                value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out var number)
                && number >= min
                && number <= max
            )
            {
                return number;
            }
            Problem(field, $"is not a whole number from {min} to {max}");
            return null;
        }

        /// <summary>Null when it is not there.</summary>
        internal bool? Truth(string field)
        {
            if (Value(field) is { } value && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Problem(field, "is not true or false");
            }
            return Value(field) is { } told ? told.ValueKind == JsonValueKind.True : null;
        }

        internal string? Rule()
        {
            var field = Value("rule") is null ? "page" : "rule";
            if (Value(field) is { ValueKind: not JsonValueKind.Object })
            {
                Problem(field, "is not an object");
            }
            return Value(field) is { ValueKind: JsonValueKind.Object } rule ? rule.GetRawText() : null;
        }

        internal IReadOnlyList<string>? Labels()
        {
            if (Value("labels") is not { } value)
            {
                return null;
            }
            if (
                value.ValueKind == JsonValueKind.Array
                && value.EnumerateArray().All(l => l.ValueKind == JsonValueKind.String)
            )
            {
                var labels = value.EnumerateArray().Select(l => OpmlReader.Label(ReadString(l))).OfType<string>();
                return [.. labels.Distinct().Take(OpmlReader.MaxDepth)];
            }
            Problem("labels", "is not a list of words");
            return null;
        }

        private JsonElement? Value(string field) =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(field, out var value)
            && value.ValueKind != JsonValueKind.Null
                ? value
                : null;

        // A lone surrogate is valid JSON but makes GetString throw.
        private static string ReadString(JsonElement value)
        {
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException)
            {
                return "";
            }
        }
    }
}
