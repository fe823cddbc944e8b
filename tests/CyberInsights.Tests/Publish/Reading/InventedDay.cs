using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests.Publish.Reading;

/// <summary>An invented news day in the tables: one disputed event told by many, and some others. Nothing in it happened.</summary>
public sealed class InventedDay
{
    /// <summary>When the day is read.</summary>
    public static DateTimeOffset Now { get; } = new(2025, 5, 29, 7, 40, 0, TimeSpan.Zero);

    public const string LeadSlug = "karsk-names-velonia-over-ministry-intrusion";
    public const string LeadTitle =
        "Karsk names Velonia over intrusion at its foreign ministry; Velonia rejects the charge";

    public long LeadEvent { get; private set; }
    public long LeadActor { get; private set; }
    public SeededReport Statement { get; private set; } = null!;
    public long Accusation { get; private set; }

    // What else the archive tells, as much as ever.
    private const long Rest = 1;

    private readonly Seeds seeds;
    private readonly Dictionary<string, long> topics = [];
    private readonly Dictionary<string, long> sources = [];

    private InventedDay(Seeds seeds) => this.seeds = seeds;

    // Filled once: to fill a database takes far longer than to copy one.
    private static readonly Lazy<Task<(string File, InventedDay Day)>> Filled = new(async () =>
    {
        var file = Path.Combine(Path.GetTempPath(), $"insights-day-{Environment.ProcessId}.db");
        File.Delete(file);
        await using var database = await Database.StartAsync(file, new FakeTimeProvider(Now), default);
        var day = await FillAsync(database);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return (file, day);
    });

    /// <summary>Makes <paramref name="file"/> an SQLite database that has the day in it.</summary>
    public static async Task<InventedDay> CopyAsync(string file)
    {
        var (filled, day) = await Filled.Value;
        File.Copy(filled, file);
        return day;
    }

    public static async Task<InventedDay> FillAsync(Database database)
    {
        var day = new InventedDay(new Seeds(database));
        await day.ListsAsync();
        await day.LeadAsync();
        await day.OthersAsync();
        await day.ArticlesAsync();
        return day;
    }

    private async Task ListsAsync()
    {
        (string Slug, string Name)[] names =
        [
            ("attacks", "Attacks"),
            ("flaws", "Flaws"),
            ("states", "States"),
            ("ai", "AI"),
            ("technology", "Technology"),
            ("crime", "Crime"),
            ("policy", "Policy"),
        ];
        foreach (var (slug, name) in names)
        {
            topics[slug] = await seeds.TopicAsync(slug, name, topics.Count + 1);
        }
        (string Name, string? Ownership)[] outlets =
        [
            ("Government of Karsk", "state"),
            ("Embassy of Velonia", "state"),
            ("Central Wire", "private"),
            ("Hlas Karsku", "private"),
            ("The Packet", "private"),
            ("Morning Ledger", "private"),
            ("Port City News", "private"),
            ("Perimeter", "private"),
            ("مسار التقنية", "private"),
        ];
        foreach (var (name, ownership) in outlets)
        {
            sources[name] = await seeds.SourceAsync(name, ownership: ownership);
        }
    }

    private async Task LeadAsync()
    {
        var karsk = await seeds.EntityAsync(EntityKind.Country, "karsk", "Karsk", "CZ");
        var velonia = await seeds.EntityAsync(EntityKind.Country, "velonia", "Velonia", "CN");
        var embassy = await seeds.EntityAsync(
            EntityKind.Organisation,
            "embassy-of-velonia",
            "Embassy of Velonia in Karsk"
        );
        LeadActor = await seeds.EntityAsync(
            EntityKind.Actor,
            "quiet-heron",
            "Quiet Heron",
            null,
            ("QH-31", "Perimeter Labs"),
            ("Grey Wader", "Northline")
        );
        var at = new DateTimeOffset(2025, 5, 28, 12, 10, 0, TimeSpan.Zero);
        Statement = await seeds.ReportAsync(
            sources["Government of Karsk"],
            "Statement of the government on the campaign against its foreign ministry",
            "The government of Karsk accuses Velonia of a “patient and hostile campaign” against a network of its foreign ministry.\n\nIt names the group Quiet Heron. The government condemns the campaign in the strongest terms.",
            at
        );
        var denial = await seeds.ReportAsync(
            sources["Embassy of Velonia"],
            "Remarks of the spokesperson",
            "The embassy voiced “strong surprise and full rejection”.\n\n“We ask Karsk to end this loudspeaker diplomacy and to return to the table where such matters are spoken of among neighbours,” the spokesperson said.",
            at.AddHours(3.4)
        );
        var wire = await seeds.ReportAsync(
            sources["Central Wire"],
            "Karsk blames Velonia for break-in at foreign ministry",
            "Karsk said on Wednesday that a group tied to Velonia was inside an unclassified network of its foreign ministry for two years. Velonia denies it.\n\nForeign Minister Ilka Maren summoned the ambassador. “I told the ambassador that such acts have consequences for what we can still do together as neighbours,” she said.",
            at.AddMinutes(14)
        );
        var allies = await seeds.ReportAsync(
            sources["The Packet"],
            "Allies stand with Karsk",
            "The Northern Council stands by Karsk. The Isles call the incident troubling.\n\n“Nobody may lend their cables to a burglary,” said council envoy Pavo Lind.",
            at.AddHours(6.5)
        );
        var local = await seeds.ReportAsync(
            sources["Hlas Karsku"],
            "Karsk viní Velonii z průniku na ministerstvo",
            "Vláda Karsku viní Velonii z průniku do sítě ministerstva zahraničí.",
            at.AddMinutes(21),
            "cs"
        );
        var late = await seeds.ReportAsync(
            sources["Perimeter"],
            "What is known of Quiet Heron",
            "Researchers at Perimeter Labs assess that the tools are those of Quiet Heron.",
            at.AddHours(18.8)
        );
        await seeds.PlaceAsync(wire, sources["Morning Ledger"], at.AddMinutes(31));
        await seeds.PlaceAsync(wire, sources["Port City News"], at.AddMinutes(52));
        LeadEvent = await seeds.EventAsync(
            LeadSlug,
            LeadTitle,
            EventState.Disputed,
            [Statement, denial, wire, allies, local, late],
            [topics["states"], topics["policy"]],
            [karsk, velonia, LeadActor, embassy],
            [
                (
                    wire,
                    "Karsk said on Wednesday that a group tied to Velonia was inside an unclassified network of its foreign ministry for two years."
                ),
                (wire, "Velonia denies it."),
                (allies, "The Northern Council stands by Karsk."),
            ],
            independent: 5,
            outlets: 9,
            rank: 100
        );
        Accusation = await seeds.StatementAsync(
            Statement,
            Stance.Accuse,
            "Government of Karsk",
            "The government of Karsk accuses Velonia of a “patient and hostile campaign” against a network of its foreign ministry.",
            "patient and hostile campaign",
            "Statement",
            "CZ",
            karsk,
            "Velonia",
            velonia
        );
        await seeds.StatementAsync(
            wire,
            Stance.Accuse,
            "Government of Karsk",
            "Karsk said on Wednesday that a group tied to Velonia was inside an unclassified network of its foreign ministry for two years.",
            speakerId: karsk,
            country: "CZ"
        );
        await seeds.StatementAsync(
            local,
            Stance.Accuse,
            "Vláda Karsku",
            "Vláda Karsku viní Velonii z průniku do sítě ministerstva zahraničí.",
            country: "CZ",
            target: "Velonia",
            targetId: velonia
        );
        await seeds.StatementAsync(
            late,
            Stance.Assess,
            "Perimeter Labs",
            "Researchers at Perimeter Labs assess that the tools are those of Quiet Heron.",
            target: "Quiet Heron",
            targetId: LeadActor
        );
        await seeds.StatementAsync(
            Statement,
            Stance.Condemn,
            "Government of Karsk",
            "The government condemns the campaign in the strongest terms.",
            country: "CZ",
            speakerId: karsk
        );
        var denied = await seeds.StatementAsync(
            denial,
            Stance.Deny,
            "Embassy of Velonia in Karsk",
            "The embassy voiced “strong surprise and full rejection”.",
            "strong surprise and full rejection",
            "Spokesperson",
            "CN",
            embassy,
            "Karsk",
            karsk
        );
        await seeds.StatementAsync(
            denial,
            Stance.Demand,
            "Embassy of Velonia in Karsk",
            "“We ask Karsk to end this loudspeaker diplomacy and to return to the table where such matters are spoken of among neighbours,” the spokesperson said.",
            "We ask Karsk to end this loudspeaker diplomacy and to return to the table where such matters are spoken of among neighbours",
            "Spokesperson",
            "CN",
            embassy,
            "Karsk",
            karsk
        );
        await seeds.StatementAsync(
            wire,
            Stance.Act,
            "Ilka Maren",
            "“I told the ambassador that such acts have consequences for what we can still do together as neighbours,” she said.",
            "I told the ambassador that such acts have consequences for what we can still do together as neighbours",
            "Foreign Minister",
            "CZ"
        );
        await seeds.StatementAsync(
            allies,
            Stance.Support,
            "Northern Council",
            "The Northern Council stands by Karsk.",
            country: "EU",
            target: "Karsk",
            targetId: karsk
        );
        await seeds.StatementAsync(
            allies,
            Stance.Condemn,
            "The Isles",
            "The Isles call the incident troubling.",
            country: "GB"
        );
        await seeds.StatementAsync(
            allies,
            Stance.Demand,
            "Pavo Lind",
            "“Nobody may lend their cables to a burglary,” said council envoy Pavo Lind.",
            "Nobody may lend their cables to a burglary",
            "Council envoy",
            "EU"
        );
        await seeds.ChangeAsync(LeadEvent, ChangeKind.Opened, at, reportId: Statement.Id);
        await seeds.ChangeAsync(
            LeadEvent,
            ChangeKind.StatementAdded,
            at.AddMinutes(4),
            reportId: Statement.Id,
            statementId: Accusation
        );
        await seeds.ChangeAsync(
            LeadEvent,
            ChangeKind.StatementAdded,
            at.AddHours(3.5),
            reportId: denial.Id,
            statementId: denied
        );
        await seeds.ChangeAsync(LeadEvent, ChangeKind.StateChanged, at.AddHours(3.5), "Claimed\nDisputed");
        await seeds.ChangeAsync(
            LeadEvent,
            ChangeKind.Corrected,
            at.AddHours(4),
            "An earlier version said that the army had named the group. It was the government."
        );
        await TrendAsync(LeadActor, 12, 1);
        await TrendAsync(topics["states"], 33, 6);
        await TrendAsync(topics["flaws"], 18, 9);
        await TrendAsync(karsk, 24, 4);
        await TrendAsync(Rest, 40, 40);
    }

    private async Task OthersAsync()
    {
        (
            string Title,
            EventState State,
            Stance[] Stances,
            string Topic,
            int Independent,
            int Outlets,
            double Hours
        )[] others =
        [
            (
                "Hospital group in northern Europe postpones operations after ransomware; eleven sites on paper",
                EventState.Developing,
                [Stance.Confirm, Stance.Act],
                "attacks",
                6,
                14,
                0.4
            ),
            (
                "Mail gateway flaw exploited before the patch: vendor and two national teams agree",
                EventState.Confirmed,
                [Stance.Confirm, Stance.Warn, Stance.Warn],
                "flaws",
                7,
                11,
                0.9
            ),
            (
                "Extortion crew says it holds a port operator’s customs files; the operator has not answered",
                EventState.Claimed,
                [Stance.Claim, Stance.Decline],
                "crime",
                1,
                6,
                1.2
            ),
            (
                "Ministry blames a neighbour for jammed broadcasts; the neighbour speaks of “theatre”",
                EventState.Disputed,
                [Stance.Accuse, Stance.Deny],
                "states",
                4,
                8,
                2.1
            ),
            (
                "Police in five countries take down a proxy network built from home routers",
                EventState.Confirmed,
                [Stance.Act, Stance.Act, Stance.Support],
                "crime",
                9,
                28,
                3.2
            ),
            (
                "“Leaked” voter file is an old marketing list, election office shows",
                EventState.Refuted,
                [Stance.Refute, Stance.Retract],
                "policy",
                3,
                5,
                5.3
            ),
            (
                "Code assistant ran commands hidden in an issue text; maker ships a guard",
                EventState.Developing,
                [Stance.Confirm, Stance.Assess],
                "ai",
                4,
                7,
                6.4
            ),
            (
                "هيئة الاتصالات تحذّر من ثغرة في أجهزة التوجيه المنزلية",
                EventState.Developing,
                [Stance.Warn],
                "technology",
                1,
                1,
                26
            ),
        ];
        var rank = 90.0;
        foreach (var (title, state, stances, topic, independent, outlets, hours) in others)
        {
            var arabic = title[0] > 0x600 && title[0] < 0x700;
            var sentences = stances
                .Select((s, i) => $"Speaker {i + 1} of this event takes the stance {s} in words of the report.")
                .ToList();
            var report = await seeds.ReportAsync(
                arabic ? sources["مسار التقنية"] : sources["Central Wire"],
                title,
                arabic
                    ? "حذّرت الهيئة من ثغرة في أجهزة التوجيه المنزلية."
                    : $"{title}, as far as is known.\n\n{string.Join(' ', sentences)}",
                Now.AddHours(-hours),
                arabic ? "ar" : "en"
            );
            await seeds.EventAsync(
                $"event-{topic}-{outlets}-{independent}",
                title,
                state,
                [report],
                [topics[topic]],
                [],
                arabic
                    ? [(report, "حذّرت الهيئة من ثغرة في أجهزة التوجيه المنزلية.")]
                    : [(report, $"{title}, as far as is known.")],
                independent,
                outlets,
                rank--
            );
            if (arabic)
            {
                await seeds.StatementAsync(
                    report,
                    Stance.Warn,
                    "هيئة الاتصالات",
                    "حذّرت الهيئة من ثغرة في أجهزة التوجيه المنزلية."
                );
                continue;
            }
            foreach (var (stance, i) in stances.Select((s, i) => (s, i)))
            {
                await seeds.StatementAsync(report, stance, $"Speaker {i + 1} on {topic}", sentences[i]);
            }
        }
    }

    private async Task ArticlesAsync()
    {
        await seeds.ArticleAsync(
            "what-karsk-can-prove",
            "What Karsk can prove, and what it asks us to believe",
            "The statement names a group and a state. Only one of the two comes with public evidence.",
            "Petra Maly",
            "<p>Governments seldom say in public who broke into their computers.</p><h2>Three claims, not one</h2><p>Read closely, the statement makes three claims.</p>",
            Now.AddHours(-2.5),
            LeadEvent,
            revision: 2
        );
        await seeds.ArticleAsync(
            "claimed-only",
            "Why “claimed only” is a headline we are proud of",
            "Extortion sites lie often enough.",
            "Tomas Lind",
            "<p>How we label a theft nobody has confirmed.</p>",
            Now.AddHours(-20)
        );
        await seeds.ArticleAsync(
            "not-yet",
            "A draft that nobody may read",
            "Secret.",
            "Nobody",
            "<p>Secret.</p>",
            Now.AddHours(-1),
            state: ArticleState.Draft
        );
    }

    // A quiet past of 90 days and a last day that is not.
    private async Task TrendAsync(long subject, int lastDay, int usual)
    {
        for (var day = 2; day <= 90; day++)
        {
            var count = usual + (day * 7 % 3) - 1;
            if (count > 0)
            {
                await seeds.CountAsync(subject, Now.AddDays(-day), count);
            }
        }
        await seeds.CountAsync(subject, Now.AddHours(-3), lastDay);
    }
}
