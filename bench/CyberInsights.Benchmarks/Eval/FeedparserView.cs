using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>
/// The product's parse of a feed (decoding, repair, namespaces, bases, dates, text forms) under the names that python-feedparser
/// documents. Knows the names and formats of that documentation, nothing of any case.
/// </summary>
internal sealed class FeedparserView
{
    private readonly FeedDocument document;
    private readonly bool atom;
    private readonly string version;
    private readonly string? language;

    private FeedparserView(FeedDocument document, string? language)
    {
        this.document = document;
        this.language = language;
        version = VersionOf(document);
        atom = version.StartsWith("atom", StringComparison.Ordinal);
    }

    /// <summary>The view of a document; <paramref name="headers"/> as the server sent them.</summary>
    public static JsonObject Of(byte[] body, IReadOnlyDictionary<string, string> headers, Uri? address)
    {
        var type = headers.GetValueOrDefault("content-type");
        var origin = headers.GetValueOrDefault("content-location") is { } location
            ? Addresses.Resolve(location, address) ?? address
            : address;
        var decoded = Decoder.Read(body, type);
        JsonObject view = new()
        {
            ["bozo"] = true,
            ["entries"] = new JsonArray(),
            ["feed"] = new JsonObject(),
            ["version"] = "",
        };
        FeedparserEncoding.Write(view, decoded, type);
        var mismatch = (bool)view["bozo"]!;
        try
        {
            if (decoded.Text.AsSpan().TrimStart() is ['{', ..])
            {
                FeedparserJson.Write(view, FeedReader.Read(body, type, origin));
            }
            else
            {
                var document = FeedDocument.Parse(decoded.Text, origin);
                FeedparserView reader = new(document, headers.GetValueOrDefault("content-language"));
                reader.Write(view);
                view["bozo"] = mismatch || document.Repaired is not null;
            }
        }
        catch (FeedRefusedException)
        {
            view["bozo"] = true;
        }

        Headers(view, headers);
        return view;
    }

    private static void Headers(JsonObject view, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.GetValueOrDefault("etag") is { Length: > 0 } etag)
        {
            view["etag"] = etag;
        }

        if (headers.GetValueOrDefault("last-modified") is { Length: > 0 } modified)
        {
            view["modified"] = modified;
            view["modified_parsed"] = FeedparserDates.Parsed(modified);
        }
    }

    private void Write(JsonObject view)
    {
        var root = document.Root;
        var channel = root.Name == "channel" ? root : root.First("", "channel") ?? root;
        var entries = channel
            .Children.Concat(ReferenceEquals(channel, root) ? [] : root.Children)
            .Where(e => e is { Space: "", Name: "item" or "entry" });
        view["version"] = version;
        view["feed"] = Container(
            channel,
            isEntry: false,
            ReferenceEquals(channel, root)
                ? []
                : root.Children.Where(e => e is { Space: "", Name: "image" or "textinput" })
        );
        view["entries"] = new JsonArray([.. entries.Select(entry => Container(entry, isEntry: true, []))]);
        var own = channel.Language ?? root.Language ?? language;
        if (own is not null && !view["feed"]!.AsObject().ContainsKey("language"))
        {
            view["feed"]!["language"] = own.Replace('_', '-');
        }
    }

    private JsonObject Container(FeedElement element, bool isEntry, IEnumerable<FeedElement> more)
    {
        JsonObject map = [];
        FeedparserElements.WriteChannelFormat(map, element);
        foreach (
            var child in element
                .Children.Concat(more)
                .Where(child => child is not { Space: "", Name: "item" or "entry" or "items" or "channel" })
        )
        {
            FeedparserElements.Write(this, map, child, isEntry);
        }

        if (element.Name == "item" && element["rdf", "about"] is { Length: > 0 } about)
        {
            map["id"] ??= about;
        }

        Finish(map);
        return map;
    }

    /// <summary>A nested source (RFC 4287 section 4.2.11) has the fields of a feed.</summary>
    public JsonObject Source(FeedElement element) => Container(element, isEntry: false, []);

    private static void Finish(JsonObject map)
    {
        if (map["id"] is not null && map["link"] is null && map["guidislink"] is JsonValue permanent && (bool)permanent)
        {
            map["link"] = map["id"]!.DeepClone();
        }
        else if (map["guidislink"] is not null)
        {
            map["guidislink"] = (bool)map["guidislink"]! && map["link"] is null;
        }

        // Without a summary, the first content stands in, unless it is a file or plain bytes.
        if (
            !map.ContainsKey("summary")
            && map["content"]?[0] is JsonObject content
            && (string?)content["type"] is "text/plain" or "text/html" or "application/xhtml+xml"
        )
        {
            map["summary"] = content["value"]?.DeepClone();
            map["summary_detail"] = content.DeepClone();
        }

        FeedparserPersons.Finish(map, "author");
        FeedparserPersons.Finish(map, "publisher");
    }

    /// <summary>An element's text, base and language as feedparser's "detail" objects have them.</summary>
    public (string Value, JsonObject Detail) Text(FeedElement element, string defaultType)
    {
        var isAtom = element.Space is "atom" || (atom && element.Space == "");
        var (text, form) = FeedMarkup.Read(element, isAtom);
        var type = TypeOf(element, defaultType);
        if (!isAtom && element["type"] is null && type == "text/plain" && FeedparserText.LooksLikeHtml(text))
        {
            type = "text/html";
        }
        else if (!isAtom && element["type"] is null && defaultType == "application/xhtml+xml")
        {
            text = element.InnerMarkup();
        }

        var html =
            type is "text/html" or "application/xhtml+xml" || form != ContentForm.Plain && type is not "text/plain";
        var value = html ? FeedparserText.Normalise(HtmlLinks.Resolve(text, element.Base)) : text.Trim();
        value = FeedparserText.Repair(value);
        JsonObject detail = new()
        {
            ["type"] = type,
            ["language"] = LanguageOf(element),
            ["base"] = element.Base?.OriginalString,
            ["value"] = value,
        };
        return (value, detail);
    }

    private string? LanguageOf(FeedElement element)
    {
        for (var at = element; at is not null; at = at.Parent)
        {
            if ((at["xml", "lang"] ?? at["lang"]) is not null)
            {
                return element.Language?.Replace('_', '-');
            }
        }

        return language;
    }

    private static string TypeOf(FeedElement element, string defaultType) =>
        element["type"]?.Trim().ToLowerInvariant() switch
        {
            null or "" => defaultType,
            "text" => "text/plain",
            "html" => "text/html",
            "xhtml" => "application/xhtml+xml",
            var other when !other.Contains('/', StringComparison.Ordinal) => defaultType,
            var other => other,
        };

    public static string? Address(string? raw, FeedElement element) =>
        raw is null ? null
        : Addresses.Resolve(raw, element.Base) is { } address ? Written(raw.Trim(), address)
        : raw.Trim();

    // Uri adds the slash of an empty path and undoes escapes; feedparser leaves an absolute address as it is.
    private static string Written(string raw, Uri address) =>
        raw.StartsWith("http", StringComparison.OrdinalIgnoreCase) && raw.Contains("://", StringComparison.Ordinal)
            ? raw
            : address.AbsoluteUri;

    private static string VersionOf(FeedDocument document)
    {
        var root = document.Root;
        var declared = root["version"]?.Trim() ?? "";
        switch (root.Name)
        {
            case "feed" or "entry":
                return document.Namespace.Contains("2005/Atom", StringComparison.OrdinalIgnoreCase) ? "atom10"
                    : declared == "0.3"
                    || document.Namespace.Contains("purl.org/atom", StringComparison.OrdinalIgnoreCase)
                        ? "atom03"
                    : "atom";
            case "rdf":
                return root.Attributes.Any(a =>
                    a.Value.Contains("netscape.com/rdf", StringComparison.OrdinalIgnoreCase)
                )
                    ? "rss090"
                    : "rss10";
            case "rss":
                return declared switch
                {
                    "0.91" => document.DocumentType.Contains("netscape", StringComparison.OrdinalIgnoreCase)
                        ? "rss091n"
                        : "rss091u",
                    "0.92" or "0.93" or "0.94" => $"rss{declared.Replace(".", "", StringComparison.Ordinal)}",
                    "0.90" => "rss090",
                    "1.0" => "rss10",
                    _ when declared.StartsWith('2') => "rss20",
                    _ => "rss",
                };
            default:
                return root.Name == "channel" ? "cdf" : "";
        }
    }
}
