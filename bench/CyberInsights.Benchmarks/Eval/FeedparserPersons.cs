using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>feedparser's persons: <c>author</c>, <c>author_detail</c>, <c>authors</c>, and the same for publishers and contributors.</summary>
internal static partial class FeedparserPersons
{
    public static void Add(JsonObject map, string key, FeedElement element)
    {
        var list = List(map, $"{key}s");
        JsonObject person = [];
        foreach (var child in element.Children)
        {
            var name = child.Name switch
            {
                "uri" or "url" or "homepage" or "href" => "href",
                "name" or "email" => child.Name,
                _ => null,
            };
            if (name is not null)
            {
                person[name] =
                    name == "href" ? FeedparserView.Address(child.InnerText(), child) : child.InnerText().Trim();
            }
        }

        if (!element.HasChildren)
        {
            person = OfLine(element.InnerText().Trim());
        }

        list.Add(person);
    }

    /// <summary>A name and an address of mail in one line, in any of the usual orders.</summary>
    public static JsonObject OfLine(string line)
    {
        JsonObject person = [];
        var mail = Mail.Match(line);
        var name = mail.Success
            ? line.Replace(mail.Value, "", StringComparison.Ordinal)
                .Replace("()", "", StringComparison.Ordinal)
                .Replace("<>", "", StringComparison.Ordinal)
                .Trim()
            : line;
        name = name.StartsWith('(') ? name[1..] : name;
        name = name.EndsWith(')') ? name[..^1] : name;
        if (name.Trim().Length > 0)
        {
            person["name"] = name.Trim();
        }

        if (mail.Success)
        {
            person["email"] = mail.Value;
        }

        return person;
    }

    public static void Finish(JsonObject map, string key)
    {
        if (map[$"{key}s"] is not JsonArray { Count: > 0 } list)
        {
            return;
        }

        var last = list[^1]!.AsObject();
        map[$"{key}_detail"] = last.DeepClone();
        var (name, email) = ((string?)last["name"], (string?)last["email"]);
        map[key] = name is not null && email is not null ? $"{name} ({email})" : name ?? email;
    }

    private static JsonArray List(JsonObject map, string key)
    {
        if (map[key] is not JsonArray list)
        {
            map[key] = list = [];
        }

        return list;
    }

    [GeneratedRegex("""[a-zA-Z0-9_\-.+]+@[a-zA-Z0-9\-.]+\.[a-zA-Z]{2,}""", RegexOptions.None, 200)]
    private static partial Regex Mail { get; }
}
