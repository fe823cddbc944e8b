using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Learns organisations from the text itself: "the Example Trade Office (ETO)" names ETO, "Quillon, a Danish software firm," names Quillon;
/// both are then known wherever the text repeats them.
/// </summary>
internal sealed class LocalNames(Reading reading, FoundIndex found)
{
    private const int MaxNameWords = 4;
    private const int MaxApposition = 10;

    private static readonly FrozenSet<string> Companies = FrozenSet.ToFrozenSet(
        "company firm provider vendor maker manufacturer supplier operator bank startup retailer insurer airline carrier broker contractor".Split(
            ' '
        )
    );

    private readonly Dictionary<string, EntityDraft> learned = [];

    internal void Find()
    {
        for (var at = 1; at + 2 < reading.Tokens.Count; at++)
        {
            if (reading.IsMark(at, '('))
            {
                LearnAcronym(at);
            }
            else if (reading.IsMark(at, ',') && reading.Word(at + 1) is "a" or "an" && IsCompany(at + 2))
            {
                LearnCompany(at);
            }
        }
        if (learned.Count > 0)
        {
            Repeat();
        }
    }

    private void LearnAcronym(int open)
    {
        if (
            reading.IsMark(open + 2, ')')
            && found.EndingAt(open) is { Entity.Kind: EntityKind.Organisation or EntityKind.Bloc } named
            && IsAcronymOf(reading.Surface(open + 1, open + 2), named)
        )
        {
            learned.TryAdd(reading.Surface(open + 1, open + 2), named.Entity);
        }
    }

    // The letters stand in the order of the words; small words may be left out.
    private bool IsAcronymOf(string acronym, Found named)
    {
        if (acronym.Length is < 2 or > 10 || !acronym.All(char.IsUpper))
        {
            return false;
        }
        var letter = 0;
        for (var i = named.First; i < named.End && letter < acronym.Length; i++)
        {
            letter += char.ToUpperInvariant(reading.Whole[reading.Tokens[i].Start]) == acronym[letter] ? 1 : 0;
        }
        return letter == acronym.Length;
    }

    private bool IsCompany(int at)
    {
        for (var i = at; i < Math.Min(at + MaxApposition, reading.Tokens.Count); i++)
        {
            if (Companies.Contains(reading.Word(i)))
            {
                return true;
            }
            if (reading.Tokens[i].Kind == TokenKind.Mark && !reading.IsMark(i, '-'))
            {
                return false;
            }
        }
        return false;
    }

    private void LearnCompany(int comma)
    {
        var first = comma;
        while (
            first > 0 && comma - first < MaxNameWords && reading.IsCapital(first - 1) && found.Over(first - 1) is null
        )
        {
            first--;
        }
        var sentence = NameFinder.SentenceOf(reading, comma);
        // "Quillon's Store, a shop": the name goes on before.
        var goesOn = reading.Word(first - 1) is "'s" or "s" or "'";
        if (
            first == comma
            || goesOn
            || reading.TitleCase[sentence]
            || Knowledge.Shipped.Concepts.Contains(reading.Word(first))
        )
        {
            return;
        }
        var name = reading.Surface(first, comma);
        var company = Knowledge.Draft(EntityKind.Organisation, Folding.Slug(name), name);
        found.Add(Found.At(reading, company, first, comma, MentionReason.Form));
        if (comma - first == 1)
        {
            learned.TryAdd(name, company);
        }
    }

    private void Repeat()
    {
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (
                reading.IsCapital(i)
                && found.Over(i) is null
                && learned.TryGetValue(reading.Surface(i, i + 1), out var known)
            )
            {
                found.Add(Found.At(reading, known, i, i + 1, MentionReason.Repeated));
            }
        }
    }
}
