using CyberInsights.Extract.SourceEdits;

namespace CyberInsights.Tests.Extract.SourceEdits;

public sealed class EditRulesTests
{
    private const string Rest =
        "The harbour office said that its mail was down for two days. Work went on by telephone.";

    [Theory]
    // One letter, a mark, a space.
    [InlineData("The minstry called it serious.", "The ministry called it serious.", SourceEditKind.Typo)]
    [InlineData("The ministry called it serious", "The ministry called it serious.", SourceEditKind.Typo)]
    [InlineData("Die Behörde warnt vor Angrifen.", "Die Behörde warnt vor Angriffen.", SourceEditKind.Typo)]
    // A figure and a denial are no slips of the pen, however few letters they have.
    [InlineData("It took 12 servers.", "It took 14 servers.", SourceEditKind.Rewording)]
    [InlineData("The bank is now affected.", "The bank is not affected.", SourceEditKind.Rewording)]
    [InlineData("The bank paid the ransom.", "The insurer paid the ransom.", SourceEditKind.Rewording)]
    // A hedge came in; a strong word became a weaker one; a name went out.
    [InlineData("The group hacked the port.", "The group allegedly hacked the port.", SourceEditKind.Softening)]
    [InlineData("The group stole the files.", "The group may have copied the files.", SourceEditKind.Softening)]
    [InlineData("Norland condemned the raid.", "Norland regretted the raid.", SourceEditKind.Softening)]
    [InlineData("It was done by hackers from Norland.", "It was done by hackers.", SourceEditKind.Softening)]
    [InlineData(
        "Die Gruppe hat den Hafen angegriffen.",
        "Die Gruppe hat mutmaßlich den Hafen angegriffen.",
        SourceEditKind.Softening
    )]
    [InlineData("Хакеры взломали порт.", "Хакеры предположительно взломали порт.", SourceEditKind.Softening)]
    [InlineData("黑客攻击了港口。", "黑客涉嫌攻击了港口。", SourceEditKind.Softening)]
    // The other way round is not softer.
    [InlineData("The group allegedly hacked the port.", "The group hacked the port.", SourceEditKind.Rewording)]
    public void A_sentence_that_changed_is_named_after_what_was_done_to_it(
        string before,
        string after,
        SourceEditKind expected
    )
    {
        Assert.Equal(
            expected,
            EditRules.Between(("Mail outage", $"{before} {Rest}"), ("Mail outage", $"{after} {Rest}"))?.Kind
        );
    }

    [Theory]
    [InlineData(" Correction: an earlier version named the wrong port.", SourceEditKind.Correction)]
    [InlineData(" Richtigstellung: In einer früheren Version stand ein falscher Hafen.", SourceEditKind.Correction)]
    [InlineData("\n\nRectificatif : le port a été mal nommé.", SourceEditKind.Correction)]
    [InlineData("\n\nتصحيح: ذكرت نسخة سابقة ميناء آخر.", SourceEditKind.Correction)]
    // A new sentence with a hedge in it takes nothing back.
    [InlineData(" Experts say that more ports may follow this week.", SourceEditKind.Addition)]
    public void A_sentence_that_came_in_is_an_addition_or_a_note(string added, SourceEditKind expected)
    {
        var edit = EditRules.Between(("Mail outage", Rest), ("Mail outage", Rest + added));

        Assert.Equal(expected, edit?.Kind);
        Assert.Equal("", edit?.Was);
        Assert.Equal(added.Trim(), edit?.Became);
    }

    [Fact]
    public void A_sentence_that_went_out_is_a_removal()
    {
        var edit = EditRules.Between(
            ("Mail outage", $"{Rest} The raid began in Norland, it said."),
            ("Mail outage", Rest)
        );

        Assert.Equal(new SourceEdit(SourceEditKind.Removal, "The raid began in Norland, it said.", ""), edit);
    }

    [Fact]
    public void The_passage_shows_a_few_words_around_what_changed()
    {
        var edit = EditRules.Between(("Group hacked the port", Rest), ("Group allegedly hacked the port", Rest));

        Assert.Equal(
            new SourceEdit(SourceEditKind.Softening, "Group hacked the port", "Group allegedly hacked the port"),
            edit
        );
    }

    [Theory]
    [InlineData("Updated 5 minutes ago", "Updated 2 hours ago")]
    [InlineData("12 comments", "48 comments")]
    [InlineData("vor 5 Minuten", "vor 2 Stunden")]
    [InlineData("Two   blanks", "Two blanks")]
    public void What_moves_by_itself_is_no_edit(string before, string after)
    {
        Assert.Null(EditRules.Between(("Mail outage", $"{Rest}\n\n{before}"), ("Mail outage", $"{Rest}\n\n{after}")));
    }

    [Fact]
    public void A_word_of_a_million_letters_in_place_of_another_is_no_slip_of_the_pen()
    {
        var (before, after) = (new string('x', 1_000_000), new string('y', 1_000_000));

        Assert.Equal(
            SourceEditKind.Rewording,
            EditRules.Between(("Mail outage", $"{Rest} {before}."), ("Mail outage", $"{Rest} {after}."))?.Kind
        );
    }

    [Fact]
    public void A_passage_is_never_longer_than_an_excerpt_may_be()
    {
        var edit = EditRules.Between(("Mail outage", Rest), ("Mail outage", $"{Rest} {new string('x', 5000)}."));

        Assert.InRange(edit!.Became.Length, 1, SourceEdit.MaxPassage);
    }
}
