using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Finds organisations that no list has by how their names are made: "Masaryk University", "Bank of Example", "Example GmbH".</summary>
internal sealed class OrganisationFinder(Reading reading, FoundIndex found)
{
    private const int MaxWords = 8;

    private static readonly FrozenSet<string> Tails = FrozenSet.ToFrozenSet(
        (
            "university college hospital clinic bank agency bureau commission ministry institute authority council foundation "
            + "inc corp corporation ltd llc gmbh ag plc labs laboratories technologies airlines airways police association "
            + "committee parliament administration department centre center organization organisation society union museum "
            + "office directorate command academy consortium exchange railways telecom pharmaceuticals hospitals holdings universität"
        ).Split(' ')
    );
    private static readonly FrozenSet<string> Heads = FrozenSet.ToFrozenSet(
        "university ministry department bank bureau office institute council ministerium bundesamt landesamt universitat center centre agency".Split(
            ' '
        )
    );
    private static readonly FrozenSet<string> Inner = FrozenSet.ToFrozenSet(
        "of for and the & on fur und in der".Split(' ')
    );
    private static readonly FrozenSet<string> NoStart = FrozenSet.ToFrozenSet(
        "the a an this that in on at as our their his her its if when while after before and but mr mrs ms dr".Split(
            ' '
        )
    );

    internal void Find()
    {
        var at = 0;
        while (at < reading.Tokens.Count)
        {
            if (!Begins(at))
            {
                at++;
                continue;
            }
            var end = Extend(at);
            if (Trim(at, end) is { } trimmed && trimmed - at >= 2 && !IsKnown(at, trimmed))
            {
                var name = reading.Surface(at, trimmed);
                found.Add(
                    Found.At(
                        reading,
                        Knowledge.Draft(EntityKind.Organisation, Folding.Slug(name), name, Code(at, trimmed)),
                        at,
                        trimmed,
                        MentionReason.Form
                    )
                );
            }
            at = Math.Max(end, at + 1);
        }
    }

    private bool Begins(int at) =>
        reading.IsCapital(at)
        && !NoStart.Contains(reading.Word(at))
        && !IsOnlyBeginning(at)
        && !reading.TitleCase[NameFinder.SentenceOf(reading, at)]
        && found.Over(at) is null or { Entity.Kind: EntityKind.Country };

    // "Students of Masaryk University": the capital is the sentence's.
    private bool IsOnlyBeginning(int at) =>
        reading.Sentences[NameFinder.SentenceOf(reading, at)].First == at
        && Inner.Contains(reading.Word(at + 1))
        && !Heads.Contains(reading.Word(at))
        && !reading.IsNameElsewhere(reading.Word(at));

    private int Extend(int at)
    {
        var end = at + 1;
        while (end - at < MaxWords && end < reading.Tokens.Count && Gap(end) <= 1)
        {
            if (
                reading.IsCapital(end)
                || (Inner.Contains(reading.Word(end)) && (reading.IsCapital(end + 1) || reading.Word(end + 1) is "the"))
            )
            {
                end++;
            }
            else
            {
                break;
            }
        }
        return end;
    }

    // The name ends with its last tail ("... Agency"), or is all of "University of ...".
    private int? Trim(int at, int end)
    {
        for (var i = end; i > at + 1; i--)
        {
            if (Tails.Contains(reading.Word(i - 1)))
            {
                return i;
            }
        }
        return Heads.Contains(reading.Word(at)) && reading.Word(at + 1) is "of" or "for" or "fur" && end > at + 2
            ? end
            : null;
    }

    private bool IsKnown(int at, int end)
    {
        for (var i = at; i < end; i++)
        {
            if (found.Over(i) is { Entity.Kind: EntityKind.Organisation or EntityKind.Person or EntityKind.Bloc })
            {
                return true;
            }
        }
        return false;
    }

    private string? Code(int at, int end)
    {
        for (var i = at; i < end; i++)
        {
            if (found.StartingAt(i) is { Entity.Kind: EntityKind.Country } country)
            {
                return country.Entity.Code;
            }
        }
        return null;
    }

    private int Gap(int token) => reading.Tokens[token].Start - reading.Tokens[token - 1].End;
}
