using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CyberInsights.Recognise;

/// <summary>What kind of trace or measure a text gives in a fixed form.</summary>
public enum IndicatorKind
{
    Ipv4,
    Ipv6,
    Domain,
    Url,
    Email,
    Md5,
    Sha1,
    Sha256,

    /// <summary>A kind of weakness: CWE-79.</summary>
    Weakness,

    /// <summary>A CVSS vector or base score.</summary>
    Severity,
}

/// <summary>A trace or measure in a text.</summary>
/// <param name="Value">As machines write it: dots and schemes put back, domains and hashes in lower case.</param>
public readonly record struct Indicator(IndicatorKind Kind, string Value, int Start, int Length);

/// <summary>
/// Finds addresses, hashes, weaknesses and scores, also where they were made harmless ("hxxp", "[.]", "(dot)"). A domain counts only in
/// that form: written plainly it is far more often the name of a site. Pure; linear but for bounded repetition.
/// </summary>
internal static partial class IndicatorFinder
{
    /// <summary>Reports list a few hundred at most.</summary>
    public const int MaxIndicators = 2000;

    private const string Dot = @"(?:\.|\[\.\]?|\(\.\)|\{\.\}|\[dot\]|\(dot\))";
    private const string Harmless = @"(?:\[\.\]?|\(\.\)|\{\.\}|\[dot\]|\(dot\))";
    private const string Label = @"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    internal static IReadOnlyList<Indicator> Find(string text)
    {
        var found = new List<Indicator>();
        Take(
            found,
            text,
            Url,
            (value, _) => (IndicatorKind.Url, Plain(value).TrimEnd('.', ',', ';', ':', ')', ']', '}'))
        );
        Take(found, text, Email, (value, _) => (IndicatorKind.Email, Plain(value).ToLowerInvariant()));
        Take(found, text, Ipv4, (value, at) => IsVersion(text, at) ? null : Address(Plain(value), IndicatorKind.Ipv4));
        Take(found, text, Ipv6, (value, _) => Address(value, IndicatorKind.Ipv6));
        Take(found, text, Domain, (value, _) => (IndicatorKind.Domain, Plain(value).ToLowerInvariant()));
        Take(found, text, Hash, (value, _) => (KindOf(value.Length), value.ToLowerInvariant()));
        Take(found, text, Weakness, (value, _) => (IndicatorKind.Weakness, value.ToUpperInvariant()));
        Take(found, text, Severity, (value, _) => Score(value));
        return [.. found.OrderBy(i => i.Start).Take(MaxIndicators)];
    }

    private static void Take(
        List<Indicator> found,
        string text,
        Regex form,
        Func<string, int, (IndicatorKind Kind, string Value)?> read
    )
    {
        var known = found.OrderBy(i => i.Start).ToList();
        var next = 0;
        var taken = 0;
        foreach (var match in form.EnumerateMatches(text))
        {
            while (next < known.Count && known[next].Start + known[next].Length <= match.Index)
            {
                next++;
            }
            var isWithin = next < known.Count && known[next].Start < match.Index + match.Length;
            if (!isWithin && read(text.Substring(match.Index, match.Length), match.Index) is { } value)
            {
                found.Add(new Indicator(value.Kind, value.Value, match.Index, match.Length));
                if (++taken == MaxIndicators)
                {
                    return;
                }
            }
        }
    }

    private static string Plain(string value) =>
        Scheme.Replace(
            At.Replace(Dots.Replace(value, "."), "@"),
            m => m.Value.Contains('s') || m.Value.Contains('S') ? "https://" : "http://"
        );

    // "version 1.2.3.4", "v10.0.0.1"
    private static bool IsVersion(string text, int at) =>
        text.AsSpan(Math.Max(0, at - 10), at - Math.Max(0, at - 10)).TrimEnd() is var before
        && (
            before.EndsWith("version", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("versions", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("release", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("build", StringComparison.OrdinalIgnoreCase)
        );

    private static (IndicatorKind, string)? Address(string value, IndicatorKind kind)
    {
        var family = kind == IndicatorKind.Ipv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        return IPAddress.TryParse(value, out var address) && address.AddressFamily == family && value.Length > 4
            ? (kind, address.ToString())
            : null;
    }

    private static IndicatorKind KindOf(int digits) =>
        digits switch
        {
            32 => IndicatorKind.Md5,
            40 => IndicatorKind.Sha1,
            _ => IndicatorKind.Sha256,
        };

    // A vector as it stands; of "CVSS score of 9.8" the number.
    private static (IndicatorKind, string)? Score(string value)
    {
        if (value.Contains('/', StringComparison.Ordinal))
        {
            return (IndicatorKind.Severity, value.ToUpperInvariant());
        }
        var number = value[(value.LastIndexOf(' ') + 1)..].TrimStart('(', ':');
        return decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var score) && score <= 10
            ? (IndicatorKind.Severity, number)
            : null;
    }

    [GeneratedRegex(@"(?<![a-z])h(?:xx|tt)ps?(?::|\[:\]?)//[^\s<>""'“”‘’|]{3,2000}", Options, 2000)]
    private static partial Regex Url { get; }

    [GeneratedRegex(
        @"(?<![\w.+-])[\w.+-]{1,64}(?:@|\[@\]|\[at\]|\(at\))(?:" + Label + Dot + @"){1,6}[a-z]{2,24}(?![\w-])",
        Options,
        2000
    )]
    private static partial Regex Email { get; }

    [GeneratedRegex(@"(?<![\w.-])(?:\d{1,3}" + Dot + @"){3}\d{1,3}(?![\w-]|\.\d)", Options, 2000)]
    private static partial Regex Ipv4 { get; }

    [GeneratedRegex(@"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", Options, 2000)]
    private static partial Regex Ipv6 { get; }

    [GeneratedRegex(
        @"(?<![\w.@-])(?:"
            + Label
            + @"\.){0,5}"
            + Label
            + Harmless
            + "(?:"
            + Label
            + Dot
            + @"){0,5}[a-z]{2,24}(?![\w-])",
        Options,
        2000
    )]
    private static partial Regex Domain { get; }

    [GeneratedRegex(@"(?<![\w])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![\w])", Options, 2000)]
    private static partial Regex Hash { get; }

    [GeneratedRegex(@"(?<![\w-])CWE-\d{1,5}(?![\w-])", Options, 2000)]
    private static partial Regex Weakness { get; }

    [GeneratedRegex(
        @"(?<![\w])CVSS(?::[234]\.\d(?:/[A-Z]{1,3}:[A-Z]{1,2}){3,40}|(?: ?v?[234](?:\.\d)?)?(?: base)?(?: severity)?(?: score)?(?: of|:)? \(?\d{1,2}\.\d(?!\d))",
        Options,
        2000
    )]
    private static partial Regex Severity { get; }

    [GeneratedRegex(Harmless, Options, 2000)]
    private static partial Regex Dots { get; }

    [GeneratedRegex(@"\[@\]|\[at\]|\(at\)", Options, 2000)]
    private static partial Regex At { get; }

    [GeneratedRegex(@"^h(?:xx|tt)ps?(?::|\[:\]?)//", Options, 2000)]
    private static partial Regex Scheme { get; }
}
