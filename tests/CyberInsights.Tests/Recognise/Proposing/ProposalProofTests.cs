using CyberInsights.Recognise;
using CyberInsights.Recognise.Proposing;

namespace CyberInsights.Tests.Recognise.Proposing;

public sealed class ProposalProofTests
{
    private const string Title = "Norland blames Iran";
    private const string Text =
        "Albania on Monday accused Iran of breaking into its port systems. "
        + "“We will not be silent about the harbour,” Edi Rama told reporters in Tirana. "
        + "He spoke for an hour. Officials called it a lesson for all of them. "
        + "“NATO has failed the harbour,” a dock worker said.";

    [Fact]
    public void What_the_text_proves_becomes_a_statement_that_waits_with_its_offsets()
    {
        var proven = Check(
            ("Edi Rama", "warn", null, "We will not be silent about the harbour", "Edi Rama told reporters in Tirana")
        );

        var draft = Assert.Single(proven.Statements);
        var whole = $"{Title}\n{Text}";
        Assert.Equal("We will not be silent about the harbour", Cut(draft.Quote!.Value));
        Assert.Equal("Edi Rama", Cut(draft.SpeakerSpan));
        Assert.Contains("Edi Rama told reporters in Tirana", Cut(draft.Sentence), StringComparison.Ordinal);
        Assert.Equal((Stance.Warn, StatementState.Waiting), (draft.Stance, draft.State));
        Assert.Equal("language model m", draft.Rule);
        Assert.Equal(0, proven.Dropped);

        string Cut(Span span) => whole.Substring(span.Start, span.Length);
    }

    public static TheoryData<string, string, string?, string?, string> Unproven =>
        new()
        {
            // A quotation nobody made, one with a letter changed, one in the report's own words.
            { "Edi Rama", "warn", null, "We will strike back", "Edi Rama told reporters in Tirana" },
            {
                "Edi Rama",
                "warn",
                null,
                "we will not be silent about the harbour",
                "Edi Rama told reporters in Tirana"
            },
            {
                "Albania",
                "accuse",
                null,
                "breaking into its port systems",
                "accused Iran of breaking into its port systems"
            },
            // A quotation of another sentence.
            {
                "Albania",
                "accuse",
                null,
                "We will not be silent about the harbour",
                "accused Iran of breaking into its port systems"
            },
            // Content that does not stand there, or tells too little.
            { "Edi Rama", "warn", null, null, "Edi Rama threatened war" },
            { "Albania", "warn", null, null, "accused" },
            // A speaker elsewhere in the text, in no sentence at all, unnamed, a pronoun, a part of a name, within the quotation.
            { "Iran", "warn", null, null, "Edi Rama told reporters in Tirana" },
            { "Elbonia", "accuse", null, null, "accused Iran of breaking into its port systems" },
            { "reporters", "warn", null, null, "Edi Rama told reporters in Tirana" },
            { "He", "report", null, null, "He spoke for an hour" },
            { "Ram", "warn", null, null, "Edi Rama told reporters in Tirana" },
            { "NATO", "report", null, "NATO has failed the harbour", "a dock worker said" },
            // A target the sentence does not name, a stance that is none.
            { "Albania", "accuse", "Norland", null, "accused Iran of breaking into its port systems" },
            { "Albania", "approve", null, null, "accused Iran of breaking into its port systems" },
            { "Albania", "1", null, null, "accused Iran of breaking into its port systems" },
            // Over too many sentences to be one statement.
            { "Albania", "warn", "Iran", null, Text },
        };

    [Theory]
    [MemberData(nameof(Unproven))]
    public void What_the_text_does_not_prove_is_dropped_and_counted(
        string speaker,
        string stance,
        string? target,
        string? quotation,
        string content
    )
    {
        var proven = Check((speaker, stance, target, quotation, content));

        Assert.Empty(proven.Statements);
        Assert.Equal(1, proven.Dropped);
    }

    [Fact]
    public void What_our_own_rules_found_is_not_proposed_again_and_nothing_twice()
    {
        var own = Recogniser.Read(Title, Text, "en").Statements;
        Assert.Contains(own, s => s is { Stance: Stance.Accuse, SpeakerName: "Albania" });
        var known = ("Albania", "accuse", "Iran", (string?)null, "accused Iran of breaking into its port systems");
        var fresh = ("Albania", "condemn", "Iran", (string?)null, "accused Iran of breaking into its port systems");

        var proven = Check(known, fresh, fresh);

        Assert.Equal(Stance.Condemn, Assert.Single(proven.Statements).Stance);
        Assert.Equal("country:al", proven.Statements[0].Speaker!.Key);
        Assert.Equal("country:ir", proven.Statements[0].Target!.Key);
        Assert.Equal(0, proven.Dropped);
    }

    [Fact]
    public void A_translation_is_of_the_headline_or_a_quotation_and_adds_no_address()
    {
        const string title = "Leck im Hafen";
        const string text = "„Wir haben das Leck geschlossen“, sagte Jana Weber auf hafen.example.";

        var proven = Check(
            title,
            text,
            (title, "Leak in the port"),
            (title, "Leak, twice"),
            ("Wir haben das Leck geschlossen", "We have closed the leak"),
            ("sagte Jana Weber", "said Jana Weber"),
            ("Leck", "Leak"),
            ("Wir haben das Leck geschlossen", "See https://evil.invalid/patch"),
            ("Wir haben das Leck geschlossen", "See evil.invalid"),
            ("Wir haben das Leck geschlossen", "It was CVE-2026-0001"),
            ("Wir haben das Leck geschlossen", "<b>We have closed it"),
            ("Wir haben das Leck geschlossen", "We\nhave"),
            ("Wir haben das Leck geschlossen", ""),
            (title, new string('a', 80))
        );

        Assert.Equal(
            ["Leak in the port", "We have closed the leak"],
            proven.Translations.Select(t => t.English).Take(2)
        );
        Assert.Equal(8, proven.Dropped);
    }

    [Fact]
    public void A_hostile_answer_is_held_against_a_long_text_in_bounded_time()
    {
        var text = string.Concat(Enumerable.Repeat("Albania said so in the harbour. ", 30_000));
        var answer = new ProposedAnswer
        {
            Statements =
            [
                .. Enumerable.Repeat(
                    Proposed(("Elbonia", "warn", "Iran", "x", "said so in the harbour")),
                    ProposedAnswer.MaxStatements
                ),
            ],
            Translations = [],
        };
        var own = Recogniser.Read("Title", text[..2000], "en");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var proven = new ProposalProof(Report("Title", text, "en"), own, "m").Check(answer);

        Assert.Equal(ProposedAnswer.MaxStatements, proven.Dropped);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static ProvenProposals Check(
        params (string Speaker, string Stance, string? Target, string? Quotation, string Content)[] proposed
    ) => Check(Title, Text, "en", [.. proposed.Select(Proposed)], []);

    private static ProvenProposals Check(
        string title,
        string text,
        params (string Text, string English)[] translations
    ) =>
        Check(
            title,
            text,
            "de",
            [],
            [.. translations.Select(t => new ProposedTranslation { Text = t.Text, English = t.English })]
        );

    private static ProvenProposals Check(
        string title,
        string text,
        string language,
        IReadOnlyList<ProposedStatement> statements,
        IReadOnlyList<ProposedTranslation> translations
    ) =>
        new ProposalProof(Report(title, text, language), Recogniser.Read(title, text, language), "m").Check(
            new ProposedAnswer { Statements = statements, Translations = translations }
        );

    private static ReportText Report(string title, string text, string language) =>
        new()
        {
            Title = title,
            Text = text,
            Language = language,
        };

    private static ProposedStatement Proposed(
        (string Speaker, string Stance, string? Target, string? Quotation, string Content) p
    ) =>
        new()
        {
            Speaker = p.Speaker,
            Stance = p.Stance,
            Target = p.Target,
            Quotation = p.Quotation,
            Content = p.Content,
        };
}
