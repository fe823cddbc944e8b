using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Finds persons by their office: "Foreign Minister Jan Novák", "the EU's envoy Eva Malá", "Eva Malá, head of Example Labs," - and
/// by the surname alone afterwards.
/// </summary>
internal sealed class PersonFinder(Reading reading, FoundIndex found)
{
    private const int MaxNameWords = 4;
    private const int MaxRoleWords = 6;

    private static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(
        "de da del della di du van von der den la le el al bin ibn ben abu dos das ter zu af".Split(' ')
    );

    // Capitalised words that are no part of a name.
    private static readonly FrozenSet<string> NoName = FrozenSet.ToFrozenSet(
        (
            "the a an he she it they we i you his her this that in on at of for from by and but or as if when after before while "
            + "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
            + "september october november december mr mrs ms dr said says told tells according also however not no new "
            + "montag dienstag mittwoch donnerstag freitag samstag sonntag der die das er sie es "
            + "government ministry department agency committee commission council security cyber company party police group"
        ).Split(' ')
    );

    private readonly RoleWords roles = RoleWords.Of(reading.Language);
    private readonly Dictionary<string, Found> bySurname = [];

    internal void Find()
    {
        var listed = found.All.Where(f => f.Entity.Kind == EntityKind.Person).ToList();
        var covered = new HashSet<int>();
        var named = new List<Found>();
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (reading.Tokens[i].Kind == TokenKind.Word && roles.Heads.Contains(reading.Word(i)))
            {
                if ((NameAfter(i) ?? NameBefore(i)) is { } person && covered.Add(person.First))
                {
                    named.Add(person);
                }
            }
        }
        foreach (var person in named)
        {
            found.Add(person);
        }
        foreach (var person in listed.Concat(named))
        {
            Remember(person);
        }
        FindSurnames();
    }

    // "Foreign Minister Jan Novák", "spokesman for the Chinese Foreign Ministry Li Ming", "mluvčí ministerstva Jan Novák"
    private Found? NameAfter(int head)
    {
        var at = head + 1;
        EntityDraft? owner = null;
        for (var steps = 0; steps < MaxRoleWords; steps++)
        {
            // "la portavoz del Gobierno, Ana Ejemplo"
            at =
                reading.Language != "en" && at > head + 1 && reading.IsMark(at, ',') && Name(at + 1) is not null
                    ? at + 1
                    : at;
            // "director of the Example Office", "spokesman for Example Systems": what follows such a word is no person.
            if (!(reading.Language == "en" && at > head + 1 && IsLink(reading.Word(at - 1))) && Name(at) is { } end)
            {
                var (start, before) = RoleStart(head);
                return Person(at, end, start, at, owner ?? before);
            }
            if (found.StartingAt(at) is { Entity.Kind: not EntityKind.Person } mention)
            {
                owner ??= mention.Entity;
                at = mention.End;
            }
            else if (IsLink(reading.Word(at)) || IsOwner(at))
            {
                at++;
            }
            else
            {
                return null;
            }
        }
        return null;
    }

    // "mluvčí ministerstva", "представитель компании" without a link, "porte-parole du gouvernement" with one.
    private bool IsOwner(int token) =>
        IsWord(token)
        && reading.Language switch
        {
            "cs" or "ru" => !reading.IsCapital(token),
            "fr" or "es" => IsLink(reading.Word(token - 1)),
            _ => false,
        };

    // "Eva Malá, head of Example Labs, said"
    private Found? NameBefore(int head)
    {
        var comma = head - 1;
        while (comma > head - MaxRoleWords - 2 && comma > 0 && !reading.IsMark(comma, ','))
        {
            if (!IsWord(comma) && !reading.IsMark(comma, '-'))
            {
                return null;
            }
            comma--;
        }
        if (!reading.IsMark(comma, ',') || NameEnding(comma) is not { } first)
        {
            return null;
        }
        var end = head + 1;
        var last = reading.Sentences[NameFinder.SentenceOf(reading, head)].End;
        EntityDraft? owner = null;
        for (var i = comma + 1; i < Math.Min(head + 10, last) && !IsClause(i); i++)
        {
            if (
                found.StartingAt(i) is
                { Entity.Kind: EntityKind.Country or EntityKind.Bloc or EntityKind.Organisation } mention
            )
            {
                owner = owner is null || mention.Entity.Kind == EntityKind.Organisation ? mention.Entity : owner;
            }
            end = i + 1;
        }
        var start = reading.Word(comma + 1) is "the" or "a" or "an" or "der" or "die" ? comma + 2 : comma + 1;
        return Person(first, comma, Math.Min(start, head), Math.Max(end, head + 1), owner);
    }

    private bool IsClause(int token) =>
        reading.IsMark(token, ',')
        || reading.IsMark(token, '.')
        || reading.Word(token) is "said" or "says" or "told" or "who" or "and";

    private (int Start, EntityDraft? Owner) RoleStart(int head)
    {
        if (found.EndingAt(head) is { Entity.Kind: EntityKind.Organisation } body)
        {
            return (body.First, body.Entity);
        }
        var start = head;
        while (
            start > 0
            && head - start < MaxRoleWords
            && (
                roles.Modifiers.Contains(reading.Word(start - 1))
                || (reading.IsMark(start - 1, '-') && IsWord(start - 2))
            )
        )
        {
            start--;
        }
        start = reading.IsMark(start, '-') ? start + 1 : start;
        var before = reading.Word(start - 1) is "'s" or "'" ? start - 1 : start;
        before = reading.IsMark(before - 1, '-') ? before - 1 : before;
        return
            found.EndingAt(before)
                is { Entity.Kind: EntityKind.Country or EntityKind.Bloc or EntityKind.Organisation } owner
            ? (owner.Entity.Kind == EntityKind.Country ? start : owner.First, owner.Entity)
            : (start, null);
    }

    /// <summary>The token after the name that begins at <paramref name="at"/>; null when none does.</summary>
    private int? Name(int at)
    {
        if (found.StartingAt(at) is { Entity.Kind: EntityKind.Person } listed)
        {
            return listed.End;
        }
        var limit = reading.TitleCase[NameFinder.SentenceOf(reading, Math.Min(at, reading.Tokens.Count - 1))]
            ? 2
            : MaxNameWords;
        var (end, words) = (at, 0);
        while (
            words < limit
            && (IsNameWord(end) || (words > 0 && Particles.Contains(reading.Word(end)) && IsNameWord(end + 1)))
        )
        {
            words += reading.IsCapital(end) ? 1 : 0;
            end++;
            end = reading.IsMark(end, '.') && reading.Tokens[end - 1].Length == 1 ? end + 1 : end;
            end = reading.IsMark(end, '-') && IsNameWord(end + 1) ? end + 1 : end;
        }
        return words >= 2 ? end : null;
    }

    private int? NameEnding(int end)
    {
        if (found.EndingAt(end) is { Entity.Kind: EntityKind.Person } listed)
        {
            return listed.First;
        }
        var first = end;
        while (first > 0 && end - first < MaxNameWords && IsNameWord(first - 1))
        {
            first--;
        }
        return end - first >= 2 && Name(first) == end ? first : null;
    }

    private bool IsNameWord(int token) =>
        reading.IsCapital(token)
        && !NoName.Contains(reading.Word(token))
        && !roles.Heads.Contains(reading.Word(token))
        && found.Over(token) is null or { Entity.Kind: EntityKind.Person or EntityKind.Malware }
        && (
            reading.Tokens[token].Length == 1
            || !reading
                .Whole.AsSpan(reading.Tokens[token].Start, reading.Tokens[token].Length)
                .ContainsAnyInRange('0', '9')
        );

    private bool IsWord(int token) =>
        token >= 0 && token < reading.Tokens.Count && reading.Tokens[token].Kind == TokenKind.Word;

    private static bool IsLink(string word) =>
        word
            is "of"
                or "for"
                or "at"
                or "the"
                or "des"
                or "der"
                or "von"
                or "fur"
                or "im"
                or "und"
                or "and"
                or "باسم"
                or "du"
                or "de"
                or "d'"
                or "del"
                or "la"
                or "l'";

    private Found Person(int first, int end, int roleStart, int roleEnd, EntityDraft? owner)
    {
        var name = reading.Surface(first, end);
        var entity =
            found.StartingAt(first) is { Entity.Kind: EntityKind.Person } listed && listed.End == end
                ? listed.Entity
                : Knowledge.Draft(EntityKind.Person, Folding.Slug(name), name, owner?.Code);
        var at = Found.At(reading, entity with { Code = entity.Code ?? owner?.Code }, first, end, MentionReason.Office);
        return at with
        {
            Mention = at.Mention with { Role = Role(roleStart, roleEnd) },
            PhraseFirst = Math.Min(first, roleStart),
            PhraseEnd = Math.Max(end, roleEnd),
        };
    }

    private string Role(int start, int end)
    {
        const int maxLength = 80;
        var role = reading.Surface(start, end).TrimEnd(',', ' ');
        return role.Length <= maxLength ? role : role[..maxLength];
    }

    private void Remember(Found person)
    {
        var surname = reading.Word(person.End - 1);
        if (surname.Length > 2)
        {
            bySurname.TryAdd(surname, person);
        }
    }

    private void FindSurnames()
    {
        if (bySurname.Count == 0)
        {
            return;
        }
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            if (reading.IsCapital(i) && found.Over(i) is null && bySurname.TryGetValue(reading.Word(i), out var person))
            {
                found.Add(Found.At(reading, person.Entity, i, i + 1, MentionReason.Office));
            }
        }
    }
}
