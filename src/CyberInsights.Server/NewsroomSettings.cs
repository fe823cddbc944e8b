using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server;

/// <summary>The operator's settings; every one has a working default. <c>docs/settings.md</c> lists them, and a test compares.</summary>
internal sealed record NewsroomSettings
{
    /// <summary>Path of an SQLite file, or a PostgreSQL connection string.</summary>
    public string Database { get; init; } = "data/insights.db";

    /// <summary>Where the program listens: one or more http addresses, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://localhost:8600";

    /// <summary>
    /// The file with the key that seals the keys in the database; null: beside an SQLite file, of its name and ending in <c>.key</c>; with PostgreSQL
    /// there is none.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Where readers reach the site; begins every address in feeds and messages.</summary>
    public string Site { get; init; } = "http://localhost:8600";

    /// <summary>Further names under which the site answers, separated by semicolons; null: only the one in <see cref="Site"/>.</summary>
    public string? Hosts { get; init; }

    /// <summary>Whether the invented news day is played into an empty database, so that there is something to see at once.</summary>
    public bool Samples { get; init; } = true;

    /// <summary>Whether the starter sources are added to an empty database.</summary>
    public bool Starter { get; init; } = true;

    /// <summary>Where numbers about the running program are given, a second address of this machine; null: nowhere.</summary>
    public string? Metrics { get; init; }

    /// <summary>A mail address for readers; null: none is shown.</summary>
    public string? Contact { get; init; }

    /// <summary>Accounts of the site elsewhere, by name: <c>Insights__Follow__Mastodon=https://…</c>.</summary>
    public IReadOnlyList<FollowLink> Follow { get; init; } = [];

    /// <summary>Where articles and events can be shared.</summary>
    public IReadOnlyList<ShareTarget> Share { get; init; } = ShareTarget.All;

    /// <summary>The weather in the header; null: none is shown, and nobody is asked.</summary>
    public WeatherSettings? Weather { get; init; } = new();

    /// <summary>Whether English reports are grouped by their meaning too, not by words alone.</summary>
    public bool Meaning { get; init; }

    /// <summary>The name of the site; null: the product's name in the language of the page.</summary>
    public string? SiteName { get; init; }

    /// <summary>Who publishes the site.</summary>
    public PublisherSettings Publisher { get; init; } = new();

    /// <summary>The language model that proposes statements to the desk; null: none is asked, ever.</summary>
    public ModelSettings? LanguageModel { get; init; }

    /// <summary>How mail goes out; null: none does.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The public key for which messages to the desk are sealed, as <c>insights tip-key</c> prints it; null: none are.</summary>
    public string? TipKey { get; init; }

    /// <summary>Whether an article goes out only when somebody else than who wrote it has let it go.</summary>
    public bool SecondReader { get; init; }

    /// <summary>Of whom the desk asks for more than a password.</summary>
    public SecondFactorRule SecondFactor { get; init; }

    /// <summary>Where a list of breached passwords is asked; null: nowhere.</summary>
    public Uri? BreachList { get; init; }

    /// <summary>Another house whose accounts sign in at the desk; null: none.</summary>
    public ElsewhereSettings? Elsewhere { get; init; }

    /// <summary>The names of all settings, as they stand after <c>Insights__</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        nameof(Database),
        nameof(KeyFile),
        nameof(Urls),
        nameof(Site),
        nameof(Hosts),
        nameof(Samples),
        nameof(Starter),
        nameof(Metrics),
        nameof(Contact),
        nameof(Follow),
        nameof(Share),
        .. WeatherReader.Names,
        nameof(Meaning),
        nameof(SiteName),
        .. PublisherReader.Names,
        .. ModelReader.Names,
        .. MailReader.Names,
        nameof(TipKey),
        $"{Articles}__{nameof(SecondReader)}",
        nameof(SecondFactor),
        nameof(BreachList),
        .. ElsewhereReader.Names,
    ];

    private const string Articles = "Articles";

    /// <exception cref="RefusalException">One or more settings are wrong; the sentence tells all of them at once.</exception>
    internal static NewsroomSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Insights");
        var usual = new NewsroomSettings();
        var problems = new List<string>();
        var settings = new NewsroomSettings
        {
            Database = section[nameof(Database)] is { Length: > 0 } database ? database : usual.Database,
            KeyFile = section[nameof(KeyFile)] is { Length: > 0 } file ? file : null,
            Urls = Addresses(section, nameof(Urls), usual.Urls, problems),
            Site = Addresses(section, nameof(Site), usual.Site, problems),
            Hosts = HostNames(section, problems),
            Samples = YesOrNo(section, nameof(Samples), usual.Samples, problems),
            Starter = YesOrNo(section, nameof(Starter), usual.Starter, problems),
            Metrics = section[nameof(Metrics)] is { Length: > 0 }
                ? Addresses(section, nameof(Metrics), "http://localhost:8601", problems)
                : null,
            Contact = section[nameof(Contact)],
            Follow = Links(section.GetSection(nameof(Follow)), problems),
            Share = Targets(section[nameof(Share)], problems),
            Weather = WeatherReader.Read(section.GetSection(nameof(Weather)), Asker(section), problems),
            Meaning = YesOrNo(section, nameof(Meaning), usual.Meaning, problems),
            SiteName = section[nameof(SiteName)] is { Length: > 0 } name ? name : null,
            Publisher = PublisherReader.Read(section, problems),
            LanguageModel = ModelReader.Read(section, problems),
            Mail = MailReader.Read(section, problems),
            TipKey = PublicKey(section, problems),
            SecondReader = YesOrNo(section.GetSection(Articles), nameof(SecondReader), usual.SecondReader, problems),
            SecondFactor = Rule(section, problems),
            BreachList = Service(section, nameof(BreachList), "https://api.pwnedpasswords.com/range", problems),
            Elsewhere = ElsewhereReader.Read(section, problems),
        };
        foreach (
            var unknown in section
                .GetChildren()
                .SelectMany(c => c.Key == Articles ? c.GetChildren().Select(a => $"{Articles}__{a.Key}") : [c.Key])
                .Where(name => name != WeatherReader.Section && !Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        )
        {
            problems.Add(
                $"Insights__{unknown} is no setting of this program. Correct its name ({string.Join(", ", Names)}) or take it out."
            );
        }
        return problems.Count == 0
            ? settings
            : throw new RefusalException(RefusalKind.BadSetting, string.Join(Environment.NewLine, problems));
    }

    internal SiteAddress SiteAddress => new(new Uri(Site));

    internal SiteSettings SiteSettings =>
        new()
        {
            BaseAddress = SiteAddress.Address,
            Hosts = Hosts?.Split(';') ?? [],
            FollowLinks = Follow,
            ShareTargets = Share,
            Contact = Contact,
            Mail = Mail,
            TipKey = TipKey,
            SecondFactor = SecondFactor,
            BreachList = BreachList,
            Elsewhere = Elsewhere,
            Weather = Weather,
            Name = SiteName,
            Publisher = Publisher,
            SecondReader = SecondReader,
        };

    private static SecondFactorRule Rule(IConfigurationSection section, List<string> problems)
    {
        switch (section[nameof(SecondFactor)])
        {
            case null or "" or "none":
                return SecondFactorRule.Nobody;
            case "administrators":
                return SecondFactorRule.Administrators;
            case "everybody":
                return SecondFactorRule.Everybody;
            default:
                problems.Add(
                    $"Insights__{nameof(SecondFactor)} is '{section[nameof(SecondFactor)]}'. Write none, administrators or everybody."
                );
                return SecondFactorRule.Nobody;
        }
    }

    // Whom a server that we ask can write to; the address that a fresh installation has leads nowhere.
    private static string? Asker(IConfigurationSection section) =>
        section[nameof(Contact)] is { Length: > 0 } contact ? contact
        : Uri.TryCreate(section[nameof(Site)], UriKind.Absolute, out var site) && !site.IsLoopback ? site.AbsoluteUri
        : null;

    private static IReadOnlyList<FollowLink> Links(IConfigurationSection section, List<string> problems)
    {
        var links = new List<FollowLink>();
        foreach (var entry in section.GetChildren())
        {
            if (Uri.TryCreate(entry.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                links.Add(new FollowLink(entry.Key, address!));
            }
            else
            {
                problems.Add(
                    $"Insights__Follow__{entry.Key} is '{entry.Value}', which is no web address. Write it with https://."
                );
            }
        }
        return [.. links.OrderBy(l => Rank(l.Name))];
    }

    // Configuration knows no order of its own: the houses of sharing have one, the others follow by name.
    private static int Rank(string name) =>
        ShareTarget.All.Select(t => t.Name).ToList().IndexOf(name.Split(' ')[0]) is >= 0 and var rank
            ? rank
            : int.MaxValue;

    private static IReadOnlyList<ShareTarget> Targets(string? written, List<string> problems)
    {
        if (string.IsNullOrEmpty(written))
        {
            return ShareTarget.All;
        }
        var names = written.Split(';', StringSplitOptions.TrimEntries);
        var known = ShareTarget.All.ToDictionary(t => t.Key);
        foreach (var name in names.Where(n => n != "none" && !known.ContainsKey(n)))
        {
            problems.Add(
                $"Insights__Share has '{name}', to which no page can be shared. Write none, or some of {string.Join(";", known.Keys)}."
            );
        }
        return [.. names.Select(n => known.GetValueOrDefault(n)).OfType<ShareTarget>()];
    }

    private static string Addresses(IConfiguration section, string name, string usual, List<string> problems)
    {
        var value = section[name] is { Length: > 0 } written ? written : usual;
        foreach (var address in value.Split(';'))
        {
            if (
                !Uri.TryCreate(address.Replace("*", "any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                || uri.Scheme is not ("http" or "https")
            )
            {
                problems.Add($"Insights__{name} has '{address}', which is no web address. Write it as {usual}.");
            }
        }
        return value;
    }

    // A server that is asked something; null: none is.
    private static Uri? Service(IConfiguration section, string name, string example, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } written)
        {
            return null;
        }
        if (Uri.TryCreate(written, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }
        problems.Add(
            $"Insights__{name} is '{written}', which is no web address. Write it as {example}, or take it out."
        );
        return null;
    }

    private static string? HostNames(IConfiguration section, List<string> problems)
    {
        var value = section[nameof(Hosts)] is { Length: > 0 } written ? written : null;
        foreach (var host in value?.Split(';') ?? [])
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                problems.Add(
                    $"Insights__Hosts has '{host}', which is no host name. Write bare names such as www.news.example, separated by semicolons; `*` is not allowed, because anybody could then forge the site's name."
                );
            }
        }
        return value;
    }

    private static string? PublicKey(IConfigurationSection section, List<string> problems)
    {
        var value = section[nameof(TipKey)] is { Length: > 0 } written ? written : null;
        if (value is not null && !TipSeal.IsKey(value))
        {
            problems.Add(
                "Insights__TipKey is no public key, so that no message could be sealed for the desk. Write the line that `insights tip-key` prints."
            );
        }
        return value;
    }

    internal static bool YesOrNo(IConfiguration section, string name, bool usual, List<string> problems)
    {
        var written = section[name];
        if (string.IsNullOrEmpty(written))
        {
            return usual;
        }
        if (bool.TryParse(written, out var value))
        {
            return value;
        }
        problems.Add($"Insights__{name} is '{written}'. Write true or false.");
        return usual;
    }
}
