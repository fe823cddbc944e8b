using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Server.Site;
using CyberInsights.Server.Weather;

namespace CyberInsights.Server.Settings;

public sealed partial record Setting
{
    private const int MaxText = 4_000;
    private const int MaxAbout = 20_000;

    /// <summary>All, in the order of the pages of the room: a further one is a line here, its texts and a row of <c>docs/settings.md</c>.</summary>
    internal static IReadOnlyList<Setting> All { get; } =
    [
        Of("SiteName", SettingGroup.Site, SettingKind.Line(80), (s, v) => s with { Name = v }),
        .. InEachLanguage(
            "Tagline",
            SettingGroup.Site,
            SettingKind.Line(200),
            (s, code, v) => s with { Taglines = s.Taglines.SetItem(code, v) }
        ),
        .. InEachLanguage(
            "About",
            SettingGroup.Site,
            SettingKind.Markdown(MaxAbout),
            (s, code, v) => s with { About = s.About.SetItem(code, v) }
        ),
        Of("Wordmark", SettingGroup.Look, SettingKind.Line(40), (s, v) => s with { Wordmark = v }),
        Of("Accent", SettingGroup.Look, Named(SiteSettings.Accents), (s, v) => s with { Accent = v }, "green"),
        Of("Theme", SettingGroup.Look, Named(SiteSettings.Themes), (s, v) => s with { Theme = v }, "system"),
        Of("Sections", SettingGroup.Links, SettingKind.Topics, (s, v) => s with { Sections = v }),
        Of("Follow", SettingGroup.Links, SettingKind.Links, (s, v) => s with { FollowLinks = v }),
        Of("Share", SettingGroup.Links, SettingKind.Houses, (s, v) => s with { ShareTargets = v }),
        OfWeather("Shown", SettingKind.YesNo, (w, v) => w with { Shown = v }, "true"),
        OfWeather("Place", SettingKind.Place, (w, v) => w with { Home = v }, "Raleigh, NC"),
        OfWeather(
            "Temperature",
            Named(Units.Temperatures),
            (w, v) => w with { Units = w.Units with { Temperature = v } },
            "F"
        ),
        OfWeather("Wind", Named(Units.Winds), (w, v) => w with { Units = w.Units with { Wind = v } }, "m/s"),
        Of("Contact", SettingGroup.Publisher, SettingKind.Mail, (s, v) => s with { Contact = v }),
        OfPublisher("Ownership", SettingKind.Text(MaxText), (p, v) => p with { Ownership = v }),
        OfPublisher("Masthead", SettingKind.Text(MaxText), (p, v) => p with { Masthead = v }),
        OfPublisher("Imprint", SettingKind.Text(MaxText), (p, v) => p with { Imprint = v }),
        OfPublisher("Fediverse", SettingKind.Account, (p, v) => p with { Fediverse = v }),
        OfPublisher(
            "SecurityContact",
            SettingKind.Address("https", "mailto", "tel"),
            (p, v) => p with { SecurityContact = v }
        ),
        OfPublisher("SecurityPolicy", SettingKind.Address("https"), (p, v) => p with { SecurityPolicy = v }),
        OfPublisher(
            "SecurityKey",
            SettingKind.Address("https", "dns", "openpgp4fpr"),
            (p, v) => p with { SecurityKey = v }
        ),
        OfPublisher("MiningReserved", SettingKind.YesNo, (p, v) => p with { MiningReserved = v }, "false"),
        OfPublisher("MiningPolicy", SettingKind.Address("https"), (p, v) => p with { MiningPolicy = v }),
        OfMail("MailImprint", SettingKind.Line(300), (m, v) => m with { Imprint = v }),
        OfSchedule("NewsletterHour", SettingKind.Whole(0, 23), (e, v) => e with { Hour = v }, "7"),
        OfSchedule("NewsletterTimeZone", SettingKind.Zone, (e, v) => e with { Zone = v }, "UTC"),
        OfSchedule(
            "NewsletterWeekday",
            SettingKind.OneOf([.. Weekdays.Select(d => (d.ToString().ToLowerInvariant(), d))]),
            (e, v) => e with { Weekday = v },
            "monday"
        ),
        OfSchedule("NewsletterAutomatic", SettingKind.YesNo, (e, v) => e with { Automatic = v }, "true"),
        Of(
            "Articles__SecondReader",
            SettingGroup.Desk,
            SettingKind.YesNo,
            (s, v) => s with { SecondReader = v },
            "false"
        ),
        Of(
            "SecondFactor",
            SettingGroup.Desk,
            SettingKind.OneOf(
                ("none", SecondFactorRule.Nobody),
                ("administrators", SecondFactorRule.Administrators),
                ("everybody", SecondFactorRule.Everybody)
            ),
            (s, v) => s with { SecondFactor = v },
            "none"
        ),
    ];

    private static IEnumerable<DayOfWeek> Weekdays => Enum.GetValues<DayOfWeek>().OrderBy(d => ((int)d + 6) % 7);

    private static SettingKind<string> Named(IReadOnlyList<string> names) =>
        SettingKind.OneOf([.. names.Select(n => (n, n))]);

    private static SettingKind<T> Named<T>(IReadOnlyDictionary<string, T> values)
        where T : notnull => SettingKind.OneOf([.. values.Select(v => (v.Key, v.Value))]);

    // Who is asked for the weather is set at start; where nobody is, there is nothing to show.
    private static Setting OfWeather<T>(
        string name,
        SettingKind<T> kind,
        Func<WeatherSettings, T, WeatherSettings> with,
        string usual
    ) =>
        Of(
            $"Weather__{name}",
            SettingGroup.Weather,
            kind,
            (s, v) => s with { Weather = s.Weather is { } weather ? with(weather, v) : null },
            usual
        );

    private static Setting OfPublisher<T>(
        string name,
        SettingKind<T> kind,
        Func<PublisherSettings, T, PublisherSettings> with,
        string usual = ""
    ) => Of(name, SettingGroup.Publisher, kind, (s, v) => s with { Publisher = with(s.Publisher, v) }, usual);

    // Where mails go out is set at start; without it there are none.
    private static Setting OfMail<T>(
        string name,
        SettingKind<T> kind,
        Func<MailSettings, T, MailSettings> with,
        string usual = ""
    ) =>
        Of(
            name,
            SettingGroup.Newsletter,
            kind,
            (s, v) => s with { Mail = s.Mail is { } mail ? with(mail, v) : null },
            usual
        );

    private static Setting OfSchedule<T>(
        string name,
        SettingKind<T> kind,
        Func<EditionSchedule, T, EditionSchedule> with,
        string usual
    ) => OfMail(name, kind, (m, v) => m with { Schedule = with(m.Schedule, v) }, usual);
}
