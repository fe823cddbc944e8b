using System.Collections.Frozen;
using System.Collections.Immutable;
using CyberInsights.Deliver;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Site;

/// <summary>What an operator sets about the public site; every setting has a working default.</summary>
public sealed record SiteSettings
{
    private static readonly string[] OwnMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>What answers a request takes the settings as a parameter: they are those of this moment until it has answered.</summary>
    public static ValueTask<SiteSettings?> BindAsync(HttpContext http) =>
        new(http.RequestServices.GetRequiredService<CurrentSettings>().Now);

    /// <summary>The colours that links and controls can have, by the names of <c>tokens.css</c>; each passes WCAG AA on every surface, light and dark.</summary>
    internal static IReadOnlyList<string> Accents { get; } = ["green", "blue", "violet", "red", "brown", "grey"];

    /// <summary>How pages look until a reader chooses: as their system has it, light, dark.</summary>
    internal static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    /// <summary>What of the changeable settings was set at start, by name, as it is written: the desk does not change it.</summary>
    public IReadOnlyDictionary<string, string> AtStart { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The name of the site; null: the product's name in the language of the page.</summary>
    public string? Name { get; init; }

    /// <summary>What stands in the header in place of the name; null: the name.</summary>
    public string? Wordmark { get; init; }

    /// <summary>What the site is, in one line for each language; where there is none, the program's own.</summary>
    public ImmutableDictionary<string, string> Taglines { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the site says about itself, in Markdown, by language.</summary>
    public ImmutableDictionary<string, string> About { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The topics that the navigation shows, in its order, by the last part of their address; null: all, in their own order.</summary>
    public IReadOnlyList<string>? Sections { get; init; }

    /// <summary>One of <see cref="Accents"/>.</summary>
    public string Accent { get; init; } = Accents[0];

    /// <summary>One of <see cref="Themes"/>.</summary>
    public string Theme { get; init; } = Themes[0];

    /// <summary>Where the site is reached from outside: the beginning of every address in feeds, site map and canonical links.</summary>
    public Uri BaseAddress { get; init; } = new("http://localhost:8600");

    /// <summary>
    /// Names besides that of <see cref="BaseAddress"/> under which the site may be asked for (a Host header without port); any other gets 400,
    /// since a forged one could end up in a cache or a message (RFC 9110, section 7.2).
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Whether <paramref name="host"/> is a name of this site; while it is not reached from outside, those of the machine itself are.</summary>
    internal bool Answers(HostString host) =>
        host.HasValue
        && HostString.MatchesAny(
            host.Host,
            [BaseAddress.IdnHost, .. Hosts, .. BaseAddress.IsLoopback ? OwnMachine : []]
        );

    /// <summary>Where readers can follow the site besides its feeds, in the order of showing; X, Threads and Facebook on the model page.</summary>
    public IReadOnlyList<FollowLink> FollowLinks { get; init; } = [];

    /// <summary>Where articles and events can be told of, in the order of showing.</summary>
    public IReadOnlyList<ShareTarget> ShareTargets { get; init; } = ShareTarget.All;

    /// <summary>A mail address for readers; null: none is shown.</summary>
    public string? Contact { get; init; }

    /// <summary>How mail goes out; null: the site sends none and shows no form for it.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The desk's public key, as <see cref="Edit.TipSeal.PublicKey"/> writes it; null: tips come and lie in the clear.</summary>
    public string? TipKey { get; init; }

    /// <summary>The weather in the header; null: none is shown.</summary>
    public WeatherSettings? Weather { get; init; }

    /// <summary>Where a list of breached passwords is asked, as the range API of Have I Been Pwned; null: nowhere.</summary>
    public Uri? BreachList { get; init; }

    /// <summary>Another house whose accounts sign in at the desk; null: none.</summary>
    public ElsewhereSettings? Elsewhere { get; init; }

    /// <summary>The file with the key that seals the keys in the database, made when it is missing; null: they stand there as they are.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Who may come to the desk with a password alone.</summary>
    public SecondFactorRule SecondFactor { get; init; }

    /// <summary>Who publishes the site.</summary>
    public PublisherSettings Publisher { get; init; } = new();

    /// <summary>Whether an article goes out only when somebody else than who wrote it has let it go.</summary>
    public bool SecondReader { get; init; }
}

/// <summary>Of whom the desk asks for more than a password: a passkey, or codes from an app.</summary>
public enum SecondFactorRule
{
    Nobody,
    Administrators,
    Everybody,
}

/// <summary>An account of the site elsewhere.</summary>
public sealed record FollowLink(string Name, Uri Address);
