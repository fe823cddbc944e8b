using System.Collections.Frozen;

namespace CyberInsights.Text;

/// <summary>Web addresses: the safe absolute form of what a publisher wrote, and one canonical form for comparing.</summary>
public static class Addresses
{
    /// <summary>Longest address that is kept, in characters.</summary>
    public const int MaxLength = 2048;

    private static readonly string[] TrackingPrefixes =
    [
        "utm_",
        "pk_",
        "piwik_",
        "mtm_",
        "matomo_",
        "hsa_",
        "at_campaign",
        "at_medium",
        "ns_",
    ];

    private static readonly FrozenSet<string> TrackingNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "fbclid",
            "gclid",
            "dclid",
            "gbraid",
            "wbraid",
            "gclsrc",
            "msclkid",
            "yclid",
            "twclid",
            "ttclid",
            "igshid",
            "igsh",
            "li_fat_id",
            "mc_cid",
            "mc_eid",
            "_hsenc",
            "_hsmi",
            "__hstc",
            "__hssc",
            "__hsfp",
            "mkt_tok",
            "oly_anon_id",
            "oly_enc_id",
            "vero_id",
            "vero_conv",
            "wickedid",
            "rb_clickid",
            "s_cid",
            "_openstat",
            "xtor",
            "ncid",
            "cmpid",
            "guccounter",
            "wt_mc",
            "wt.mc_id",
            "guce_referrer",
            "guce_referrer_sig",
            "__twitter_impression",
            "ss_source",
            "ss_campaign_id",
            "ss_email_id",
        ]
    );

    /// <summary>
    /// The form under which two addresses of the same document are equal. Host in lower case and ASCII, default port, user name,
    /// fragment (except <c>#!</c>, which old single-page sites use as a path), tracking and empty parameters and the last slash are
    /// dropped; the order of parameters stays. http becomes https, as publishers move from one to the other: the result is for
    /// comparing, not for fetching. <c>index.html</c> stays: only the server knows whether it is the folder, and a wrong merge
    /// loses a report while a missed one is caught by its text.
    /// </summary>
    public static string Canonical(Uri address) => Canonical(address, "https");

    /// <summary>The canonical form with the scheme it came with, so that it can be fetched too.</summary>
    public static string Fetchable(Uri address) => Canonical(address, address.IsAbsoluteUri ? address.Scheme : "https");

    private static string Canonical(Uri address, string scheme)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            return address.IsAbsoluteUri ? address.AbsoluteUri : address.OriginalString;
        }

        var port = address.Port is 80 or 443 or -1 ? "" : $":{address.Port}";
        var path = address.AbsolutePath.TrimEnd('/');
        var fragment = address.Fragment.StartsWith("#!", StringComparison.Ordinal) ? address.Fragment : "";
        return $"{scheme}://{HostOf(address)}{port}{(path.Length == 0 ? "/" : path)}{Parameters(address.Query)}{fragment}";
    }

    /// <summary>
    /// The absolute http or https address behind <paramref name="raw"/>, as a browser would read it (WHATWG URL, section 4.4: outer
    /// spaces and controls, tabs and line ends go away, backslashes are slashes), without user name and password. Null for any other
    /// scheme, for a relative one without <paramref name="origin"/>, for a broken one, one with bidirectional controls, or one
    /// longer than <see cref="MaxLength"/>.
    /// </summary>
    public static Uri? Resolve(string? raw, Uri? origin)
    {
        var text = raw is null ? "" : Strip(raw);
        if (
            text.Length is 0 or > MaxLength
            || text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') >= 0
            || text.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') >= 0
        )
        {
            return null;
        }

        var scheme = SchemeOf(text);
        return scheme switch
        {
            // Any number of slashes, none too, may follow the scheme (section 4.4, "special authority ignore slashes state").
            "http" or "https" => Absolute($"{scheme}://{Slashes(text[(scheme.Length + 1)..]).TrimStart('/')}"),
            null => Join(text, origin),
            _ => null,
        };
    }

    /// <summary>The host of an absolute address in lower case and ASCII, without a last dot.</summary>
    public static string HostOf(Uri address) => address.IdnHost.ToLowerInvariant().TrimEnd('.');

    private static Uri? Join(string relative, Uri? origin)
    {
        if (origin is not { IsAbsoluteUri: true } || origin.Scheme is not ("http" or "https"))
        {
            return null;
        }

        // Uri takes "/path" and "//host" for files on Unix, so these two are joined by hand.
        var text = Slashes(relative);
        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return Absolute($"{origin.Scheme}:{text}");
        }

        if (text[0] == '/')
        {
            return Absolute($"{origin.Scheme}://{origin.Authority}{text}");
        }

        return Uri.TryCreate(origin, text, out var joined) ? Absolute(joined.AbsoluteUri) : null;
    }

    private static Uri? Absolute(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || !HasHost(address)
        )
        {
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        }

        return address.AbsoluteUri.Length > MaxLength ? null : address;
    }

    private static bool HasHost(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static string Strip(string raw)
    {
        var text = raw.AsSpan().Trim();
        while (text.Length > 0 && text[0] <= ' ')
        {
            text = text[1..];
        }

        while (text.Length > 0 && text[^1] <= ' ')
        {
            text = text[..^1];
        }

        return text.IndexOfAny('\t', '\n', '\r') < 0
            ? text.ToString()
            : string.Concat(text.ToString().Where(c => c is not ('\t' or '\n' or '\r')));
    }

    /// <summary>The scheme in lower case, null when the text has none.</summary>
    private static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0]))
        {
            return null;
        }

        return text.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters) ? null : text[..colon].ToLowerInvariant();
    }

    private static readonly System.Buffers.SearchValues<char> SchemeCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
    );

    private static string Slashes(string text)
    {
        var end = text.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? text.Replace('\\', '/') : string.Concat(text[..end].Replace('\\', '/'), text.AsSpan(end));
    }

    private static string Parameters(string query)
    {
        var kept = query.TrimStart('?').Split('&').Where(part => !IsNoise(part));
        return string.Join('&', kept) is { Length: > 0 } joined ? $"?{joined}" : "";
    }

    private static bool IsNoise(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? parameter : parameter[..equals];
        return name.Length == 0
            || equals == parameter.Length - 1
            || TrackingNames.Contains(name)
            || TrackingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}
