using System.Globalization;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>Which element of which vocabulary goes under which of feedparser's keys.</summary>
internal static class FeedparserElements
{
    public static void Write(FeedparserView view, JsonObject map, FeedElement e, bool isEntry)
    {
        switch (e.Space, e.Name)
        {
            case ("" or "atom" or "dc" or "media" or "itunes", "title"):
                Title(view, map, e);
                break;
            case ("" or "atom", "subtitle" or "tagline") or ("itunes", "subtitle"):
                Set(view, map, "subtitle", e, "text/plain", overwrite: e.Space != "itunes");
                break;
            case ("", "description") or ("dc", "description") or ("media", "description") or ("", "abstract"):
                Description(view, map, e, isEntry);
                break;
            case ("" or "atom" or "itunes", "summary"):
                Summary(view, map, e, isEntry);
                break;
            case ("" or "atom", "content") when isEntry:
                Content(view, map, e, "text/plain");
                break;
            case ("content", "encoded") or ("", "fullitem"):
                Content(view, map, e, "text/html");
                break;
            case ("xhtml" or "", "body") when isEntry:
                Content(view, map, e, "application/xhtml+xml");
                break;
            case ("" or "atom", "rights" or "copyright") or ("dc", "rights"):
                Set(view, map, "rights", e, "text/plain", overwrite: true);
                break;
            case ("" or "atom", "info") or ("feedburner", "browserfriendly"):
                Set(view, map, "info", e, "text/plain", overwrite: true);
                break;
            case ("" or "atom", "generator"):
                Generator(map, e);
                break;
            case ("" or "atom", "link"):
                FeedparserLinks.Link(map, e, isEntry);
                break;
            case ("", "a") when e["href"] is not null:
                FeedparserLinks.Link(map, e, isEntry);
                break;
            case ("", "enclosure"):
                FeedparserLinks.Enclosure(map, e);
                break;
            case ("creativecommons" or "cc", "license"):
                FeedparserLinks.License(map, e);
                break;
            case ("" or "atom", "id"):
                map["id"] = FeedparserView.Address(e.InnerText(), e);
                break;
            case ("", "guid"):
                map["id"] = e.InnerText().Trim();
                map["guidislink"] = e["isPermaLink"] is null or "true";
                break;
            case
            ("", "author" or "managingeditor")
            or
            ("atom", "author")
            or
            ("dc" or "itunes", "author")
            or ("dc", "creator"):
                FeedparserPersons.Add(map, "author", e);
                break;
            case ("" or "atom", "contributor") or ("dc", "contributor"):
                FeedparserPersons.Add(map, "contributor", e);
                break;
            case ("", "webmaster") or ("dc", "publisher") or ("itunes", "owner"):
                FeedparserPersons.Add(map, "publisher", e);
                break;
            case
            ("", "category")
            or
            ("dc", "subject")
            or
            ("media" or "itunes", "category")
            or
            ("", "tags")
            or ("itunes", "keywords"):
                FeedparserTags.Add(map, e);
                break;
            case ("", "image"):
                Image(view, map, e);
                break;
            case ("itunes", "image" or "link") when (e["href"] ?? e["url"]) is not null:
                map["image"] = new JsonObject { ["href"] = FeedparserView.Address(e["href"] ?? e["url"], e) };
                break;
            case ("", "textinput"):
                map["textinput"] = Nested(view, e);
                break;
            case ("", "cloud"):
                map["cloud"] = Attributes(e);
                break;
            case ("" or "atom", "source"):
                map["source"] = e.HasChildren ? view.Source(e) : Named(e);
                break;
            case ("media", "group"):
                foreach (var child in e.Children)
                {
                    Write(view, map, child, isEntry);
                }

                break;
            case ("media", "credit" or "thumbnail" or "content"):
                AddTo(map, $"media_{e.Name}", WithContent(e));
                break;
            case ("media", "restriction"):
                map["media_restriction"] = WithContent(e);
                map["media_restriction"]!["content"] = new JsonArray([
                    .. e.InnerText().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => (JsonNode)part),
                ]);
                break;
            case ("media", "license" or "rating" or "player"):
                map[$"media_{e.Name}"] = WithContent(e);
                break;
            case ("itunes", "block"):
                map["itunes_block"] = e.InnerText() == "yes" ? 1 : 0;
                break;
            case ("itunes", "explicit"):
                map["itunes_explicit"] = e.InnerText() switch
                {
                    "yes" or "true" => true,
                    "clean" or "no" or "false" => false,
                    _ => null,
                };
                break;
            case ("", "redirect"):
                foreach (var child in e.Children)
                {
                    Write(view, map, child, isEntry);
                }

                break;
            case ("psc", "chapters"):
                FeedparserChapters.Add(map, e);
                break;
            case ("georss" or "gml" or "geo", _):
                FeedparserPlaces.Add(map, e);
                break;
            default:
                Other(map, e);
                break;
        }
    }

    /// <summary>The Channel Definition Format keeps in attributes what others keep in elements.</summary>
    public static void WriteChannelFormat(JsonObject map, FeedElement e)
    {
        if (e.Name is not ("channel" or "item"))
        {
            return;
        }

        if (e["href"] is { } address)
        {
            map["link"] = FeedparserView.Address(address, e);
            AddTo(map, "links", new JsonObject { ["href"] = map["link"]!.DeepClone() });
        }

        if (e["lastmod"] is { } date)
        {
            FeedparserDates.Set(map, "updated", date);
        }
    }

    private static void Title(FeedparserView view, JsonObject map, FeedElement e)
    {
        // The feed's own title wins over those of extensions, wherever they stand.
        if (e.Space is "" or "atom" || !map.ContainsKey("title"))
        {
            Set(view, map, "title", e, "text/plain", overwrite: true);
        }
    }

    private static void Description(FeedparserView view, JsonObject map, FeedElement e, bool isEntry)
    {
        if (isEntry && e.Space != "media" && map.ContainsKey("summary"))
        {
            Content(view, map, e, "text/html");
        }
        else if (e.Space != "media" || !map.ContainsKey("summary"))
        {
            Set(view, map, isEntry ? "summary" : "subtitle", e, "text/html", overwrite: true);
        }
    }

    private static void Summary(FeedparserView view, JsonObject map, FeedElement e, bool isEntry)
    {
        if (isEntry && map.ContainsKey("summary"))
        {
            Content(view, map, e, "text/plain");
        }
        else
        {
            Set(view, map, isEntry ? "summary" : "subtitle", e, "text/plain", overwrite: true);
        }
    }

    private static void Content(FeedparserView view, JsonObject map, FeedElement e, string type)
    {
        var (value, detail) = view.Text(e, type);
        if (e["src"] is { } source)
        {
            detail["src"] = FeedparserView.Address(source, e);
        }

        AddTo(map, "content", detail);
    }

    private static void Set(FeedparserView view, JsonObject map, string key, FeedElement e, string type, bool overwrite)
    {
        if (overwrite || !map.ContainsKey(key))
        {
            var (value, detail) = view.Text(e, type);
            map[key] = value;
            map[$"{key}_detail"] = detail;
        }
    }

    private static void Generator(JsonObject map, FeedElement e)
    {
        JsonObject detail = new() { ["name"] = e.InnerText().Trim() };
        if (FeedparserView.Address(e["uri"] ?? e["url"], e) is { } address)
        {
            detail["href"] = address;
        }

        if (e["version"] is { } version)
        {
            detail["version"] = version;
        }

        map["generator"] = e.InnerText().Trim();
        map["generator_detail"] = detail;
    }

    private static void Image(FeedparserView view, JsonObject map, FeedElement e)
    {
        var image = Nested(view, e);
        if (e["href"] is { } address)
        {
            image["href"] = FeedparserView.Address(address, e);
        }

        map["image"] = image;
    }

    private static JsonObject Nested(FeedparserView view, FeedElement e)
    {
        JsonObject map = [];
        foreach (var child in e.Children.Where(child => child.Space is "" or "atom"))
        {
            switch (child.Name)
            {
                case "url" or "href":
                    map["href"] = FeedparserView.Address(child.InnerText(), child);
                    break;
                case "link":
                    map["link"] = FeedparserView.Address(child.InnerText(), child);
                    break;
                case "width" or "height":
                    map[child.Name] = int.TryParse(
                        child.InnerText(),
                        NumberStyles.Integer,
                        CultureInfo.InvariantCulture,
                        out var size
                    )
                        ? size
                        : 0;
                    break;
                default:
                    map[child.Name] = view.Text(child, "text/plain").Value;
                    break;
            }
        }

        return map;
    }

    private static JsonObject Named(FeedElement e)
    {
        var map = Attributes(e);
        map["title"] = e.InnerText().Trim();
        if (e["url"] is { } address)
        {
            map.Remove("url");
            map["href"] = FeedparserView.Address(address, e);
        }

        return map;
    }

    /// <summary>Addresses and everything unknown.</summary>
    private static void Other(JsonObject map, FeedElement e)
    {
        var text = e.InnerText().Trim();
        if (FeedparserDates.Write(map, e, text))
        {
            return;
        }

        if (e is { Space: "" or "wfw", Name: "docs" or "comments" or "comment" or "commentrss" or "logo" or "icon" })
        {
            map[KeyOf(e)] = FeedparserView.Address(text, e);
        }
        else if (e is { Space: "" or "dc", Name: "language" })
        {
            map["language"] = text;
        }
        else if (e is { Space: "", Name: "newlocation" })
        {
            map["newlocation"] = FeedparserView.Address(text, e);
        }
        else if (
            text.Length > 0
            && !e.HasChildren
            && e.Attributes.All(a => a.Written.StartsWith("xmlns", StringComparison.Ordinal))
        )
        {
            map[KeyOf(e)] = text;
        }
        else if (e.Attributes.Count > 0)
        {
            map[KeyOf(e)] = Attributes(e);
        }
    }

    private static string KeyOf(FeedElement e)
    {
        var prefix = e.Written.Split(':')[0];
        var space = e.Space.All(char.IsAsciiLetter) ? e.Space : prefix;
        return (e.Written == prefix || e.Space is "" or "atom" ? e.Name : $"{space}_{e.Name}").ToLowerInvariant();
    }

    public static JsonObject Attributes(FeedElement e) =>
        new(
            e.Attributes.Where(a => a.Space.Length == 0 && a.Written != "xmlns")
                .DistinctBy(a => a.Name.ToLowerInvariant())
                .Select(a => KeyValuePair.Create(a.Name.ToLowerInvariant(), (JsonNode?)a.Value))
        );

    private static JsonObject WithContent(FeedElement e)
    {
        var map = Attributes(e);
        if (e.InnerText().Trim() is { Length: > 0 } text)
        {
            map["content"] = text;
        }

        return map;
    }

    public static void AddTo(JsonObject map, string key, JsonNode value)
    {
        if (map[key] is not JsonArray list)
        {
            map[key] = list = [];
        }

        list.Add(value);
    }
}
