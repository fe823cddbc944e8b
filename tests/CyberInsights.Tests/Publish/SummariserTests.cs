using CyberInsights.Publish;
using CyberInsights.Publish.Reading;

namespace CyberInsights.Tests.Publish;

public sealed class SummariserTests
{
    private static readonly MaterialReport First = Report(
        1,
        "Ransomware shuts Thornmere hospitals",
        "Ransomware has shut systems at several hospitals of Thornmere Health Group, the group said.\n\nOperations were postponed at all the hospitals of the group until further notice."
    );

    private static readonly MaterialReport Second = Report(
        2,
        "Thornmere hospitals on paper",
        "Ransomware has shut systems at several hospitals of Thornmere Health Group on Wednesday.\n\nA crew named Palegate claimed the attack on its page and asked for money."
    );

    [Fact]
    public void Every_sentence_of_a_summary_stands_in_its_report_where_it_says()
    {
        var reports = new[] { First, Second };

        var summary = Summary(reports);

        Assert.NotEmpty(summary);
        Assert.All(
            summary,
            s => Assert.Equal(s.Text, reports.Single(r => r.Id == s.ReportId).Whole.Substring(s.Start, s.Length))
        );
    }

    [Fact]
    public void A_summary_does_not_say_the_same_thing_twice()
    {
        var texts = Summary(First, Second).Select(s => s.Text).ToList();

        Assert.Single(texts, t => t.StartsWith("Ransomware has shut", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("Palegate", StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_gives_more_than_its_share()
    {
        var sentence =
            "The hospital group says that its systems were shut by ransomware on this day and that number {0} follows. ";
        var wordy = Report(
            1,
            "Hospitals",
            string.Concat(Enumerable.Range(0, 9).Select(i => string.Format(null, sentence, i)))
        );

        var taken = Summary(wordy).Sum(s => s.Length);

        Assert.InRange(taken, 1, Summariser.MaxCharactersPerSource);
    }

    [Fact]
    public void The_headline_is_in_the_language_of_the_site_when_a_report_is()
    {
        var german = Report(3, "Lösegeldangriff auf Kliniken von Thornmere", "Text.") with { Language = "de" };

        Assert.Equal(1, Summariser.Headline([german, First], [], "en").Id);
        Assert.Equal(3, Summariser.Headline([german], [], "en").Id);
    }

    [Fact]
    public void A_headline_with_accusation_and_denial_comes_before_one_with_the_accusation_alone()
    {
        var alone = Report(1, "Prague blames China for hack of ministry", "Text.") with { Reliability = 5 };
        var both = Report(2, "Prague blames China for hack of ministry; Beijing denies", "Text.");

        var chosen = Summariser.Headline(
            [alone, both],
            [Said(1, Stance.Accuse), Said(2, Stance.Accuse), Said(2, Stance.Deny)],
            "en"
        );

        Assert.Equal(2, chosen.Id);
    }

    [Fact]
    public void A_report_without_sentences_gives_no_summary() =>
        Assert.Empty(Summary(Report(1, "Only a headline", "")));

    [Fact]
    public void What_two_origins_say_stands_as_a_fact_and_what_one_says_names_it()
    {
        var summary = Summary(First, Second);

        Assert.Null(summary.Single(s => s.Text.StartsWith("Ransomware has", StringComparison.Ordinal)).According);
        Assert.Equal("Outlet 2", summary.Single(s => s.Text.Contains("Palegate", StringComparison.Ordinal)).According);
    }

    [Fact]
    public void Of_one_origin_every_sentence_names_it_however_many_outlets_print_it()
    {
        var reports = new[] { First, Second, First with { Id = 3, SourceId = 3, SourceName = "Outlet 3" } };

        var summary = Summariser.Summary(
            reports,
            [.. reports.Select(r => new ReportOrigin(r.Id, 1, r.Id == 1 ? Dependence.None : Dependence.Wire, "Wire"))],
            "en"
        );

        Assert.NotEmpty(summary);
        Assert.All(summary, s => Assert.NotNull(s.According));
    }

    [Fact]
    public void What_an_authority_says_needs_no_second() =>
        Assert.All(Summary(First with { Official = true }), s => Assert.Null(s.According));

    [Fact]
    public void Another_number_corroborates_nothing()
    {
        var eleven = Report(
            1,
            "A",
            "Ransomware shut systems at 11 hospitals of the Thornmere Health Group on Wednesday."
        );
        var forty = Report(
            2,
            "B",
            "Ransomware shut systems at 40 hospitals of the Thornmere Health Group on Wednesday."
        );

        Assert.All(Summary(eleven, forty), s => Assert.NotNull(s.According));
    }

    private static IReadOnlyList<StoredSentence> Summary(params MaterialReport[] reports) =>
        Summariser.Summary(
            reports,
            [.. reports.Select(r => new ReportOrigin(r.Id, r.Id, Dependence.None, null))],
            "en"
        );

    private static MaterialReport Report(long id, string title, string text) =>
        new()
        {
            EventId = 1,
            Id = id,
            SourceId = id,
            OriginId = id,
            SourceName = $"Outlet {id}",
            Reliability = 3,
            Title = title,
            Text = text,
            Language = "en",
            PublishedAt = Some.Moment,
        };

    private static Statement Said(long reportId, Stance stance) =>
        new()
        {
            ReportId = reportId,
            Version = 1,
            Ordinal = 0,
            Speaker = "Somebody",
            Stance = stance,
            SentenceStart = 0,
            SentenceLength = 10,
            Language = "en",
            TextHash = "",
        };
}
