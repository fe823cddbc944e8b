namespace CyberInsights.Extract.Discovery;

/// <summary>What a person pastes when asked for an address, turned into addresses that can be fetched.</summary>
internal static class PastedAddress
{
    private static readonly string[] FeedSchemes = ["feed:", "rss:", "view-source:"];

    /// <summary>
    /// The addresses meant by <paramref name="pasted"/>, the best first: as written; without a scheme https, then http; a Mastodon
    /// handle (<c>@name@host</c>) is the profile's address.
    /// </summary>
    /// <exception cref="RefusalException">It is no address (bad input).</exception>
    public static IReadOnlyList<Uri> Read(string pasted)
    {
        var text = pasted.Trim().Trim('"', '\'', '<', '>', '“', '”', '«', '»').Trim();
        foreach (var scheme in FeedSchemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                text = text[scheme.Length..];
            }
        }

        if (text.StartsWith('@') && text[1..].Split('@') is [{ Length: > 0 } name, { Length: > 0 } host])
        {
            text = $"{host}/@{name}";
        }

        if (
            text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        )
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var whole) ? [whole] : throw NoAddress(pasted);
        }

        var bare = text.TrimStart('/');
        return
            Host(bare).Contains('.', StringComparison.Ordinal)
            && !bare.Any(char.IsWhiteSpace)
            && !Host(bare).Contains('@', StringComparison.Ordinal)
            && Uri.TryCreate($"https://{bare}", UriKind.Absolute, out var secure)
            && Uri.TryCreate($"http://{bare}", UriKind.Absolute, out var plain)
            ? [secure, plain]
            : throw NoAddress(pasted);
    }

    private static string Host(string text) =>
        text.AsSpan().IndexOfAny('/', '?', '#') is >= 0 and var end ? text[..end] : text;

    private static RefusalException NoAddress(string pasted) =>
        new(
            RefusalKind.BadInput,
            $"'{CyberInsights.Text.PlainText.OneLine(pasted, 80)}' is no web address: nothing was looked for. Paste what a browser's address bar shows, such as news.example or https://news.example/tech."
        );
}
