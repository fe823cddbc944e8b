using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CyberInsights.Extract.Feeds;

/// <summary>Values of a JSON feed without exceptions: lone surrogates become U+FFFD, control characters go away, numbers count as text.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = FeedLimits.Depth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="FeedRefusedException">It is no JSON, or too deep.</exception>
    public static JsonDocument Parse(string text)
    {
        if (Depth(text) > FeedLimits.Depth)
        {
            throw new FeedRefusedException(
                "feed.too_deep",
                $"The feed has more than {FeedLimits.Depth} values inside each other; it was not read."
            );
        }

        try
        {
            return JsonDocument.Parse(text.TrimStart('\uFEFF'), Options);
        }
        catch (JsonException e)
        {
            throw new FeedRefusedException("feed.malformed", $"The JSON cannot be read: {e.Message}");
        }
    }

    public static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    public static string? Of(JsonElement element, string name) => Find(element, name) is { } value ? Of(value) : null;

    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Clean(Unescape(value)),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    public static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Plain text as HTML, its line ends kept.</summary>
    public static string Paragraphs(string text) =>
        WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string Unescape(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // GetString refuses "\ud800" without its other half; the only way to the rest is by hand.
            return ByHand(value.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string ByHand(ReadOnlySpan<char> raw)
    {
        StringBuilder text = new(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u')
            {
                text.Append(
                    (char)
                        ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                );
                i += 4;
            }
            else
            {
                text.Append(
                    raw[i] switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\b',
                        'f' => '\f',
                        var c => c,
                    }
                );
            }
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Clean(string text) =>
        text.Any(IsUnwanted) ? string.Concat(text.Where(c => !IsUnwanted(c))) : text;

    private static bool IsUnwanted(char c) =>
        c is < ' ' and not ('\t' or '\n' or '\r') or '\u007F' or '\uFFFE' or '\uFFFF';

    /// <summary>Deepest nesting of objects and lists, in one pass that knows only strings and brackets.</summary>
    private static int Depth(string text)
    {
        int depth = 0,
            deepest = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '[' when !quoted:
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case '}' or ']' when !quoted:
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return deepest;
    }
}
