using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Pages;

/// <summary>Turns the addresses in foreign markup into ones that may be shown: absolute http or https, or nothing.</summary>
internal static partial class Links
{
    public const int MaxLength = 2048;

    /// <summary>
    /// The absolute http or https address that a browser would make of <paramref name="raw"/> on the page
    /// <paramref name="address"/> (WHATWG URL: white space and controls go, a backslash is a slash); null for every other scheme, for
    /// user names in it (they forge hosts), for what is longer than 2,048 characters, and for a relative one without a page.
    /// International hosts are given in their ASCII form.
    /// </summary>
    public static string? Web(string? raw, Uri? address)
    {
        var text = Strip(raw);
        if (text is null)
            return null;
        // System.Uri on Linux reads "/x" and "//host/x" as file addresses, so they meet their page as strings.
        if (text.StartsWith("//", StringComparison.Ordinal))
            text = (address?.Scheme ?? Uri.UriSchemeHttps) + ":" + text;
        Uri? uri;
        if (HasScheme(text))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out uri))
                return null;
        }
        else if (address is null || !Uri.TryCreate(address, text, out uri))
            return null;
        return Ascii(uri);
    }

    /// <summary><c>mailto:</c> with the bare address of a mail link, without copies, subject and body; null when it is none.</summary>
    public static string? Mail(string? raw)
    {
        var text = Strip(raw);
        if (text is null || !text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
            return null;
        var bare = text[7..].Split('?')[0];
        return MailAddress().IsMatch(bare) ? "mailto:" + bare : null;
    }

    private static string? Ascii(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0)
            return null;
        if (HostOf(uri) is not { Length: > 0 } host)
            return null;
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        var whole = $"{uri.Scheme}://{host}{port}{uri.PathAndQuery}{uri.Fragment}";
        return whole.Length > MaxLength ? null : whole;
    }

    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        }
        catch (UriFormatException)
        {
            // Uri checks an international host only when it is asked for.
            return null;
        }
    }

    private static string? Strip(string? raw)
    {
        if (string.IsNullOrEmpty(raw) || raw.Length > 4 * MaxLength)
            return null;
        var text = new StringBuilder(Characters.Clean(raw.Trim()));
        text.Replace("\n", "").Replace("\t", "");
        var query = false;
        for (var i = 0; i < text.Length && !query; i++)
        {
            query = text[i] is '?' or '#';
            if (text[i] == '\\')
                text[i] = '/';
        }
        var trimmed = text.ToString().Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && text.AsSpan(0, colon).IndexOfAny("/?#") < 0;
    }

    [GeneratedRegex(
        @"^[A-Za-z0-9.!#$%'*+/=^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})$",
        RegexOptions.None,
        Patience.Milliseconds
    )]
    private static partial Regex MailAddress();
}
