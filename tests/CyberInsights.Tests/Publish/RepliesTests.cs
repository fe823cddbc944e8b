using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class RepliesTests
{
    private const long Norland = 1;
    private const long Ostmark = 2;
    private const long Alliance = 3;
    private const long Embassy = 4;
    private const long Island = 5;

    private static readonly Dictionary<long, string> Codes = new()
    {
        [Norland] = "NO",
        [Ostmark] = "OS",
        [Embassy] = "OS",
        [Island] = "IS",
    };

    private readonly List<Statement> statements = [];
    private readonly List<MaterialReport> reports = [];

    [Fact]
    public void A_denial_by_the_accused_replies_to_the_accusation()
    {
        var charge = Add(1, Norland, Stance.Accuse, Ostmark);
        var denial = Add(2, Ostmark, Stance.Deny);

        Assert.Equal([(denial, charge, ReplyReason.Accused)], Found());
    }

    [Fact]
    public void The_embassy_of_the_accused_speaks_for_its_state()
    {
        var charge = Add(1, Norland, Stance.Accuse, Ostmark);
        var denial = Add(2, Embassy, Stance.Deny, Norland);
        var demand = Add(2, Embassy, Stance.Demand, Norland);

        Assert.Equal(
            [(denial, charge, ReplyReason.StateOfAccused), (demand, charge, ReplyReason.StateOfAccused)],
            Found()
        );
    }

    [Fact]
    public void Each_denial_replies_to_the_accuser_it_names()
    {
        Add(1, Norland, Stance.Accuse, Ostmark);
        Add(1, Norland, Stance.Accuse, Ostmark);
        var other = Add(2, Island, Stance.Accuse, Ostmark);
        var denial = Add(3, Ostmark, Stance.Deny, Island);

        Assert.Equal([(denial, other, ReplyReason.Accused)], Found());
    }

    [Fact]
    public void Without_a_name_it_replies_to_the_charge_that_its_own_report_tells()
    {
        Add(1, Norland, Stance.Accuse, Ostmark);
        Add(2, Norland, Stance.Accuse, Ostmark);
        var other = Add(3, Island, Stance.Accuse, Ostmark);
        var denial = Add(3, Ostmark, Stance.Deny);

        Assert.Equal([(denial, other, ReplyReason.Accused)], Found());
    }

    [Fact]
    public void Who_protests_follows_its_own_accusation()
    {
        var own = Add(1, Norland, Stance.Accuse, Ostmark);
        Add(2, Island, Stance.Accuse, Ostmark);
        var protest = Add(2, Norland, Stance.Protest, Ostmark);

        Assert.Equal([(protest, own, ReplyReason.ToAccused)], Found());
    }

    [Fact]
    public void A_charge_told_by_many_is_one_and_its_earliest_telling_is_replied_to()
    {
        var first = Add(1, Norland, Stance.Accuse, Ostmark);
        Add(2, Norland, Stance.Accuse, Ostmark);
        var denial = Add(2, Ostmark, Stance.Deny);
        var again = Add(3, Ostmark, Stance.Refute);

        Assert.Equal([(denial, first), (again, first)], Found().Select(r => (r.From, r.To)));
    }

    [Fact]
    public void Support_condemnation_and_demand_follow_the_accusation()
    {
        var charge = Add(1, Norland, Stance.Accuse, Ostmark);
        var support = Add(2, Alliance, Stance.Support, Norland);
        var condemnation = Add(2, Alliance, Stance.Condemn, Ostmark);
        var demand = Add(2, Island, Stance.Demand, Ostmark);

        Assert.Equal(
            [
                (support, charge, ReplyReason.WithAccuser),
                (condemnation, charge, ReplyReason.ToAccused),
                (demand, charge, ReplyReason.ToAccused),
            ],
            Found()
        );
    }

    [Fact]
    public void The_same_words_tell_what_is_denied_where_no_party_does()
    {
        var charge = Add(
            1,
            null,
            Stance.Claim,
            null,
            "A crew says it stole customer records from the harbour registry.",
            "Crew"
        );
        Add(1, Norland, Stance.Accuse, Ostmark);
        var denial = Add(2, null, Stance.Refute, null, "No customer records left the harbour registry.", "Registry");

        Assert.Equal([(denial, charge, ReplyReason.SameWords)], Found());
    }

    [Fact]
    public void Nothing_replies_without_a_reason()
    {
        Add(2, Norland, Stance.Accuse, Ostmark, "Norland accused Ostmark.");
        Add(1, Ostmark, Stance.Deny); // published before the accusation
        Add(3, Norland, Stance.Deny); // the accuser
        Add(3, Ostmark, Stance.Deny, Alliance); // towards a third party
        Add(3, Alliance, Stance.Support, Island); // of a third party
        Add(3, Ostmark, Stance.Support, Norland); // the accused
        Add(3, Island, Stance.Deny); // nobody accused it
        Add(3, Island, Stance.Report, Ostmark); // tells only

        Assert.Empty(Found());
    }

    [Fact]
    public void More_charges_than_any_event_has_are_not_compared()
    {
        for (var n = 0; n < 201; n++)
        {
            Add(1, Norland, Stance.Accuse, 100 + n);
        }
        Add(2, 299, Stance.Deny);
        Add(2, 300, Stance.Deny);

        Assert.Single(Found());
    }

    private IEnumerable<(long From, long To, ReplyReason Reason)> Found() =>
        Replies
            .Of(
                new DossierMaterial
                {
                    Event = new Event
                    {
                        Id = 1,
                        Slug = "e",
                        FirstToldAt = default,
                        LastToldAt = default,
                        Reports = reports.Count,
                    },
                    Reports = reports,
                    Statements = statements,
                    Codes = Codes,
                }
            )
            .Select(r => (r.FromId, r.ToId, r.Reason));

    /// <summary>A statement in the report published in that hour; returns its id.</summary>
    private long Add(
        int hour,
        long? speaker,
        Stance stance,
        long? target = null,
        string sentence = "So it was.",
        string name = ""
    )
    {
        var at = reports.Find(r => r.Id == hour);
        var report = at is null ? Report(hour, sentence) : at with { Text = $"{at.Text} {sentence}" };
        reports.RemoveAll(r => r.Id == hour);
        reports.Add(report);
        statements.Add(
            new Statement
            {
                Id = statements.Count + 1,
                ReportId = hour,
                Version = 1,
                Ordinal = statements.Count,
                SpeakerId = speaker,
                Speaker = speaker?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? name,
                Stance = stance,
                Language = "en",
                TargetId = target,
                SentenceStart = report.Whole.Length - sentence.Length,
                SentenceLength = sentence.Length,
                TextHash = "",
            }
        );
        return statements.Count;
    }

    private static MaterialReport Report(int hour, string text) =>
        new()
        {
            EventId = 1,
            Id = hour,
            SourceId = 1,
            OriginId = 1,
            SourceName = "",
            Reliability = 3,
            Title = "",
            Text = text,
            Language = "en",
            PublishedAt = DateTimeOffset.UnixEpoch.AddHours(hour),
        };
}
