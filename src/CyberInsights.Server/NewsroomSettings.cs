using System.Collections.Frozen;
using CyberInsights.Deliver;
using CyberInsights.Edit;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Settings;
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

    /// <summary>What is set here of the settings that the desk can change, by name, as it is written.</summary>
    public IReadOnlyDictionary<string, string> Changeable { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Who is asked for the weather in the header; null: nobody, and none is shown.</summary>
    public WeatherSettings? Weather { get; init; } = new();

    /// <summary>Whether English reports are grouped by their meaning too, not by words alone.</summary>
    public bool Meaning { get; init; }

    /// <summary>How the site is told of elsewhere.</summary>
    public PublisherSettings Publisher { get; init; } = new();

    /// <summary>The language model that proposes statements to the desk; null: none is asked, ever.</summary>
    public ModelSettings? LanguageModel { get; init; }

    /// <summary>How mail goes out; null: none does.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The public key for which messages to the desk are sealed, as <c>insights tip-key</c> prints it; null: none are.</summary>
    public string? TipKey { get; init; }

    /// <summary>Where a list of breached passwords is asked; null: nowhere.</summary>
    public Uri? BreachList { get; init; }

    /// <summary>Another house whose accounts sign in at the desk; null: none.</summary>
    public ElsewhereSettings? Elsewhere { get; init; }

    /// <summary>Those that hold from start to end.</summary>
    internal static IReadOnlyList<string> Fixed { get; } =
    [
        nameof(Database),
        nameof(KeyFile),
        nameof(Urls),
        nameof(Site),
        nameof(Hosts),
        nameof(Samples),
        nameof(Starter),
        nameof(Metrics),
        .. WeatherReader.Names,
        nameof(Meaning),
        .. PublisherReader.Names,
        .. ModelReader.Names,
        .. MailReader.Names,
        nameof(TipKey),
        nameof(BreachList),
        .. ElsewhereReader.Names,
    ];

    /// <summary>The names of all settings, as they stand after <c>Insights__</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Fixed, .. Setting.All.Select(s => s.Row).Distinct()];

    private static readonly HashSet<string> Known = new(
        [.. Fixed, .. Setting.All.Select(s => s.Name)],
        StringComparer.OrdinalIgnoreCase
    );

    // Variables below another name: Weather__Place, About__de.
    private static readonly HashSet<string> Parents = new(
        Known.Where(n => n.Contains("__", StringComparison.Ordinal)).Select(n => n.Split("__")[0]),
        StringComparer.OrdinalIgnoreCase
    );

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
            Changeable = SettingReader.Read(section, problems),
            Weather = WeatherReader.Read(section.GetSection(nameof(Weather)), Asker(section), problems),
            Meaning = YesOrNo(section, nameof(Meaning), usual.Meaning, problems),
            Publisher = PublisherReader.Read(section, problems),
            LanguageModel = ModelReader.Read(section, problems),
            Mail = MailReader.Read(section, problems),
            TipKey = PublicKey(section, problems),
            BreachList = Service(section, nameof(BreachList), "https://api.pwnedpasswords.com/range", problems),
            Elsewhere = ElsewhereReader.Read(section, problems),
        };
        foreach (
            var unknown in section
                .GetChildren()
                .SelectMany(c =>
                    Parents.Contains(c.Key) && c.Value is null
                        ? c.GetChildren().Select(child => $"{c.Key}__{child.Key}")
                        : [c.Key]
                )
                .Where(name => !Known.Contains(name))
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

    /// <summary>What the site goes by until the desk changes it.</summary>
    internal SiteSettings SiteSettings =>
        Setting
            .All.Where(s => Changeable.ContainsKey(s.Name))
            .Aggregate(
                new SiteSettings
                {
                    BaseAddress = SiteAddress.Address,
                    Hosts = Hosts?.Split(';') ?? [],
                    Mail = Mail,
                    TipKey = TipKey,
                    BreachList = BreachList,
                    Elsewhere = Elsewhere,
                    Weather = Weather,
                    Publisher = Publisher,
                    AtStart = Changeable,
                },
                (settings, setting) => setting.ApplyTo(settings, Changeable[setting.Name])
            );

    // Whom a server that we ask can write to; the address that a fresh installation has leads nowhere.
    private static string? Asker(IConfigurationSection section) =>
        section["Contact"] is { Length: > 0 } contact ? contact
        : Uri.TryCreate(section[nameof(Site)], UriKind.Absolute, out var site) && !site.IsLoopback ? site.AbsoluteUri
        : null;

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
