using System.Text.Json.Nodes;
using CyberInsights.Extract.Feeds;
using CyberInsights.Text;

namespace CyberInsights.Benchmarks.Eval;

/// <summary>feedparser's dates: as written under <c>published</c>, as a nine-part time in UTC under <c>published_parsed</c>.</summary>
internal static class FeedparserDates
{
    /// <summary>True when the element is a date.</summary>
    public static bool Write(JsonObject map, FeedElement e, string text)
    {
        if (e is { Space: "dcterms", Name: "valid" })
        {
            Validity(map, text);
            return true;
        }

        var key = KeyOf(e);
        if (key is not null)
        {
            Set(map, key, text);
        }

        return key is not null;
    }

    public static void Set(JsonObject map, string key, string text)
    {
        map[key] = text;
        map[$"{key}_parsed"] = Parsed(text);
    }

    public static JsonNode? Parsed(string raw)
    {
        if (Dates.Read(raw)?.Moment is not { } moment)
        {
            return null;
        }

        var weekday = ((int)moment.DayOfWeek + 6) % 7;
        int[] tuple =
        [
            moment.Year,
            moment.Month,
            moment.Day,
            moment.Hour,
            moment.Minute,
            moment.Second,
            weekday,
            moment.DayOfYear,
            0,
        ];
        return new JsonArray([.. tuple.Select(part => (JsonNode)part)]);
    }

    private static string? KeyOf(FeedElement e) =>
        e.Name switch
        {
            "published" or "issued" or "pubdate" when e.Space is "" or "atom" or "dcterms" => "published",
            "updated" or "modified" or "lastbuilddate" when e.Space is "" or "atom" or "dcterms" => "updated",
            "date" when e.Space is "dc" => "updated",
            "created" when e.Space is "" or "dcterms" => "created",
            "expirationdate" when e.Space is "" => "expired",
            _ => null,
        };

    private static void Validity(JsonObject map, string text)
    {
        foreach (var part in text.Split(';'))
        {
            if (part.Split('=', 2) is [var name, var value] && name.Trim() is "start" or "end")
            {
                Set(map, $"validity_{part.Split('=')[0].Trim()}", part.Split('=', 2)[1].Trim());
            }
        }
    }
}
