using System.Globalization;
using System.Text.Json;

namespace CyberInsights.Server.Feeds;

/// <summary>JSON Feed 1.1 (jsonfeed.org).</summary>
internal static class JsonFeedWriter
{
    internal const string ContentType = "application/feed+json; charset=utf-8";

    internal static void Write(Utf8JsonWriter json, OutgoingFeed feed)
    {
        json.WriteStartObject();
        json.WriteString("version", "https://jsonfeed.org/version/1.1");
        json.WriteString("title", feed.Title);
        json.WriteString("home_page_url", feed.Home.AbsoluteUri);
        json.WriteString("feed_url", feed.Self.AbsoluteUri);
        if (feed.Next is { } next)
        {
            json.WriteString("next_url", next.AbsoluteUri);
        }
        json.WriteString("description", feed.Description);
        json.WriteString("language", feed.Language);
        WriteAuthors(json, feed.Author);
        if (feed.Hub is { } hub)
        {
            json.WriteStartArray("hubs");
            json.WriteStartObject();
            json.WriteString("type", "WebSub");
            json.WriteString("url", hub.AbsoluteUri);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteStartArray("items");
        foreach (var entry in feed.Entries)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("url", entry.Address.AbsoluteUri);
            json.WriteString("title", entry.Title);
            // An item has content_text or content_html (version 1.1, "Items"); without words of its own it has its title.
            json.WriteString("content_text", entry.Text.Length > 0 ? entry.Text : entry.Title);
            if (entry.Html is { } html)
            {
                json.WriteString("content_html", html);
            }
            json.WriteString("date_published", Date(entry.At));
            json.WriteString("date_modified", Date(entry.UpdatedAt));
            json.WriteString("language", entry.Language);
            if (entry.Author is { } author)
            {
                WriteAuthors(json, author);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAuthors(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray("authors");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
