using CyberInsights.Text;

namespace CyberInsights.Extract.SourceEdits;

/// <summary>
/// Tells what a source did to its report between two readings of it, by rules that a person can check: the gravest kind that any
/// changed passage fits. Pure.
/// </summary>
internal static class EditRules
{
    // A line with fewer words, a number and a word such as "ago" or "comments" moves by itself.
    private const int ClockWords = 8;

    // A slip of the pen changes a few letters in a few words.
    private const int TypoWords = 6;
    private const double TypoLetters = 0.34;

    // In characters. Comparing letters takes time by the product of both lengths, and a hostile source may replace a million.
    private const int TypoPassage = 200;

    // So many times more went out than came in, or the other way round, before a kind is named after it.
    private const int Lopsided = 3;

    /// <summary>Null when nothing changed that a reader would call an edit: blanks, case of the whole, counters, clocks.</summary>
    internal static SourceEdit? Between((string Title, string Text) before, (string Title, string Text) after)
    {
        var (was, became) = ($"{before.Title}\n{Still(before.Text)}", $"{after.Title}\n{Still(after.Text)}");
        var changes = PassageChange.Of(TextDifference.Between(was, became));
        return changes.Count == 0
            ? null
            : Find(changes, SourceEditKind.Correction, IsNote)
                ?? Find(changes, SourceEditKind.Softening, IsSofter)
                ?? (changes.Any(c => c.AddsName) ? null : Find(changes, SourceEditKind.Softening, LosesName))
                ?? All(changes, SourceEditKind.Typo, IsTypo)
                ?? Balance(changes);
    }

    private static SourceEdit? Find(
        IReadOnlyList<PassageChange> changes,
        SourceEditKind kind,
        Func<PassageChange, bool> fits
    ) => changes.FirstOrDefault(fits)?.As(kind);

    private static SourceEdit? All(
        IReadOnlyList<PassageChange> changes,
        SourceEditKind kind,
        Func<PassageChange, bool> fits
    ) =>
        changes.All(fits) && changes.Sum(c => PassageChange.Words(c.Removed)) <= TypoWords ? changes[0].As(kind) : null;

    private static SourceEdit Balance(IReadOnlyList<PassageChange> changes)
    {
        var (removed, added) = (
            changes.Sum(c => PassageChange.Words(c.Removed)),
            changes.Sum(c => PassageChange.Words(c.Added))
        );
        return added >= Lopsided * Math.Max(removed, 1)
                ? changes.MaxBy(c => c.Added.Length)!.As(SourceEditKind.Addition)
            : removed >= Lopsided * Math.Max(added, 1)
                ? changes.MaxBy(c => c.Removed.Length)!.As(SourceEditKind.Removal)
            : changes.MaxBy(c => c.Removed.Length + c.Added.Length)!.As(SourceEditKind.Rewording);
    }

    private static bool IsNote(PassageChange change) =>
        EditWords.HasNote(change.Added) && !EditWords.HasNote(change.Removed);

    // Only within a sentence that stays: a new sentence with "may" in it takes nothing back.
    private static bool IsSofter(PassageChange change) =>
        change.WithinSentence && EditWords.Firmness(change.Removed) > EditWords.Firmness(change.Added);

    private static bool LosesName(PassageChange change) =>
        change.WithinSentence
        && change.RemovesName
        && EditWords.Firmness(change.Removed) >= EditWords.Firmness(change.Added);

    private static bool IsTypo(PassageChange change) =>
        change.Removed.Length <= TypoPassage
        && change.Added.Length <= TypoPassage
        && (
            change is { Removed.Length: > 0, Added.Length: > 0 }
                ? !Digits(change.Removed).Concat(Digits(change.Added)).Any()
                    && EditWords.HasDenial(change.Removed) == EditWords.HasDenial(change.Added)
                    && Spelling.Distance(change.Removed, change.Added)
                        <= Math.Max(1, TypoLetters * Math.Max(change.Removed.Length, change.Added.Length))
                : !change.Removed.Concat(change.Added).Any(char.IsLetterOrDigit)
        );

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsDigit);

    // The text without the lines that move by themselves, and with one kind of blank.
    private static string Still(string text) =>
        string.Join(
            "\n",
            text.Split('\n')
                .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                .Where(line => line.Length > 0 && !IsClock(line))
        );

    private static bool IsClock(string line) =>
        line.Count(c => c == ' ') < ClockWords - 1 && line.Any(char.IsDigit) && EditWords.HasClock(line);
}
