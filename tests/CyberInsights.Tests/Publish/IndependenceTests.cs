using CyberInsights.Publish;

namespace CyberInsights.Tests.Publish;

public sealed class IndependenceTests
{
    private readonly List<MaterialReport> reports = [];
    private readonly List<Statement> statements = [];
    private readonly List<OutletRow> outlets = [];

    [Fact]
    public void Each_outlet_with_a_text_of_its_own_is_an_origin_and_the_earliest_comes_first()
    {
        Add(1, "Harbour Post", at: 3);
        Add(2, "Perimeter Daily", at: 1);

        Assert.Equal(["2 of 2 None ", "1 of 1 None "], Found());
    }

    [Fact]
    public void Agency_copies_are_one_origin_with_the_agency_itself()
    {
        Add(1, "Harbour Post", "PORT (Reuters) - It stood still.", at: 1);
        Add(2, "Perimeter Daily", "PORT (Reuters) - It stands still.", at: 2);
        Add(3, "Reuters", "PORT (Reuters) - It has stood still.", at: 3);

        Assert.Equal(["1 of 3 Wire Reuters", "2 of 3 Wire Reuters", "3 of 3 None "], Found());
    }

    [Fact]
    public void Two_hundred_names_that_send_one_text_are_one_origin()
    {
        Add(1, "First", "The port stood still.");
        for (var i = 2; i <= 200; i++)
        {
            Add(i, $"Name {i}", "The port stood still.", at: i, original: i - 1);
        }

        Assert.Single(Found().Select(f => f.Split(' ')[2]).Distinct());
    }

    [Fact]
    public void Outlets_of_one_owner_are_one_voice_and_so_are_two_reports_of_one_outlet()
    {
        Add(1, "Wired, Security", at: 1, owner: "Condé Nast");
        Add(2, "Ars Technica", at: 2, owner: "Condé Nast");
        Add(3, "Wired, Security", at: 3, owner: "Condé Nast", source: 1);

        Assert.Equal(["1 of 1 None ", "2 of 1 SameOwner Condé Nast", "3 of 1 SameSource Wired, Security"], Found());
    }

    [Fact]
    public void An_outlet_that_prints_a_despatch_and_then_finds_out_more_counts_beside_the_agency()
    {
        Add(1, "Reuters", at: 1);
        Add(2, "Harbour Post", "PORT (Reuters) - It stood still.", at: 2);
        Add(3, "Harbour Post", "Our own people went to the port.", at: 3, source: 2);

        Assert.Equal(["1 of 1 None ", "2 of 1 Wire Reuters", "3 of 3 None "], Found());
    }

    [Fact]
    public void Whoever_alone_prints_agencies_and_names_others_stays_one()
    {
        Add(1, "Harbour Post", "PORT (Reuters) - It stood still.", at: 1);
        Add(2, "Harbour Post", "PORT (AFP) - It stood still.", at: 2, source: 1);
        Add(3, "Harbour Post", "First reported by The Wall Street Journal.", at: 3, source: 1);
        Add(4, "Harbour Post", "Our own people went to the port.", at: 4, source: 1);

        Assert.Single(Found().Select(f => f.Split(' ')[2]).Distinct());
    }

    [Fact]
    public void Whoever_only_tells_what_another_found_out_is_no_second_source()
    {
        Add(1, "BleepingComputer", "The port was hacked, the harbour master said.", at: 1);
        Said(1, "Harbour master");
        Add(2, "Harbour Post", "As first reported by BleepingComputer, the port was hacked.", at: 2);
        Said(2, "Harbour master");
        Add(3, "Perimeter Daily", "BleepingComputer first reported the hack. The minister told us more.", at: 3);
        Said(3, "Minister");

        Assert.Equal(["1 of 1 None ", "2 of 1 Quotes BleepingComputer", "3 of 3 None "], Found());
    }

    [Fact]
    public void An_outlet_that_is_quoted_but_not_read_is_one_origin_for_all_that_quote_it()
    {
        Add(1, "Harbour Post", "According to a report by The Wall Street Journal, the port was hacked.", at: 1);
        Add(2, "Perimeter Daily", "The hack was first reported by The Wall Street Journal.", at: 2);

        Assert.Equal(["1 of 1 Quotes The Wall Street Journal", "2 of 1 Quotes The Wall Street Journal"], Found());
    }

    [Fact]
    public void A_source_is_known_by_every_way_in_which_others_spell_it_and_by_the_foot_of_its_own_feed()
    {
        Add(1, "Krebs on Security", "The post about it appeared first on KrebsOnSecurity.", at: 1);
        Add(2, "Harbour Post", "The theft was first reported by KrebsOnSecurity.", at: 2);
        Add(3, "Aggregator", "The post about it appeared first on Krebs on Security.", at: 3);

        Assert.Equal(
            ["1 of 1 None ", "2 of 1 Quotes KrebsOnSecurity", "3 of 1 Republished Krebs on Security"],
            Found()
        );
    }

    [Fact]
    public void A_short_note_that_links_to_one_report_of_the_event_rests_on_it()
    {
        Add(1, "Perimeter Daily", at: 1, address: "https://perimeter.example/a");
        Add(2, "Harbour Post", "A port was hacked.", at: 2, links: "http://perimeter.example/a/?utm_source=x");
        Add(3, "Other Post", "A port was hacked.", at: 3, links: "https://elsewhere.example/a");

        Assert.Equal(["1 of 1 None ", "2 of 1 Quotes Perimeter Daily", "3 of 3 None "], Found());
    }

    [Fact]
    public void An_authority_that_names_a_newspaper_still_speaks_for_itself()
    {
        Add(1, "BleepingComputer", at: 1);
        Add(2, "CERT", "The flaw was first reported by BleepingComputer. Update now.", at: 2, firstHand: true);

        Assert.Equal(["1 of 1 None ", "2 of 2 None "], Found());
    }

    [Fact]
    public void Two_that_name_each_other_are_one_origin_that_the_earlier_told()
    {
        Add(1, "BleepingComputer", "First reported by TechCrunch.", at: 1);
        Add(2, "TechCrunch", "First reported by BleepingComputer.", at: 2);

        Assert.Equal(["1 of 1 Quotes TechCrunch", "2 of 1 Quotes BleepingComputer"], Found());
    }

    [Fact]
    public void Neither_a_date_in_the_future_nor_one_long_past_makes_a_report_the_first()
    {
        Add(1, "Ancient", at: -24 * 400, seen: 5);
        Add(2, "Future", at: 24 * 400, seen: 4);
        Add(3, "Honest", at: 3, seen: 4);

        Assert.Equal(["3 of 3 None ", "2 of 2 None ", "1 of 1 None "], Found());
    }

    private List<string> Found() =>
        [
            .. Independence
                .Of(
                    new DossierMaterial
                    {
                        Event = new Event
                        {
                            Id = 1,
                            Slug = "e",
                            FirstToldAt = Some.Moment,
                            LastToldAt = Some.Moment,
                        },
                        Reports = reports,
                        Statements = statements,
                        Outlets = new KnownOutlets(outlets),
                    }
                )
                .Select(o => $"{o.ReportId} of {o.OriginId} {o.Reason} {o.Named}"),
        ];

    private void Said(long report, string speaker) =>
        statements.Add(
            new Statement
            {
                ReportId = report,
                Version = 1,
                Ordinal = 0,
                Speaker = speaker,
                Stance = Stance.Report,
                SentenceStart = 0,
                SentenceLength = 1,
                QuoteStart = 0,
                QuoteLength = 1,
                Language = "en",
                TextHash = "",
            }
        );

    private void Add(
        long id,
        string outlet,
        string text = "The port stood still.",
        int at = 0,
        int? seen = null,
        string? owner = null,
        long? source = null,
        long? original = null,
        string address = "",
        string? links = null,
        bool firstHand = false
    )
    {
        if (source is null)
        {
            outlets.Add(
                new OutletRow
                {
                    Id = id,
                    Name = outlet,
                    Owner = owner,
                }
            );
        }
        reports.Add(
            new MaterialReport
            {
                EventId = 1,
                Id = id,
                SourceId = source ?? id,
                OriginId = original ?? source ?? id,
                OriginalId = original,
                SourceName = outlet,
                Owner = owner,
                FirstHand = firstHand,
                Reliability = 3,
                Address = address,
                Title = $"Title {id}",
                Text = text,
                Language = "en",
                PublishedAt = Some.Moment.AddHours(at),
                FirstSeenAt = Some.Moment.AddHours(seen ?? at),
                Links = links is null ? [] : [links],
            }
        );
    }
}
