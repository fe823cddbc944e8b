using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Finds bodies of states: "the Czech government", "China's embassy in Prague", "the foreign ministry of Iran", "its Foreign
/// Affairs Ministry", "das chinesische Außenministerium", "وزارة الخارجية الصينية".
/// </summary>
internal sealed class BodyFinder(Reading reading, FoundIndex found)
{
    // "de la" in "gouvernement de la Chine"
    private const int MaxLinks = 2;

    private readonly Dictionary<string, EntityDraft> lastOf = [];

    internal void Find()
    {
        for (var at = 0; at < reading.Tokens.Count; at++)
        {
            if (reading.Tokens[at].Kind != TokenKind.Word)
            {
                continue;
            }
            if (Split(at) is { } split)
            {
                Add(split.Body, split.Owner, at, split.End, split.End);
                at = split.End - 1;
            }
            else if (Knowledge.Shipped.Bodies.Match(reading.Whole, reading.Tokens, at) is { } match)
            {
                Take(match.Name.Entity, at, match.End);
                at = match.End - 1;
            }
        }
    }

    // "le ministère russe des Affaires étrangères": the adjective stands within the name.
    private (EntityDraft Body, EntityDraft Owner, int End)? Split(int at)
    {
        const int longest = 6;
        if (
            reading.Language is not ("fr" or "es")
            || found.StartingAt(at + 1) is not { Mention.Form: MentionForm.Adjective } adjective
            || Owner(adjective) is null
        )
        {
            return null;
        }
        List<Token> without = [reading.Tokens[at], .. reading.Tokens.Skip(adjective.End).Take(longest)];
        return Knowledge.Shipped.Bodies.Match(reading.Whole, without, 0) is { End: > 1 } match
            ? (match.Name.Entity, adjective.Entity, adjective.End + match.End - 1)
            : null;
    }

    private void Take(EntityDraft body, int first, int end)
    {
        if (Before(first) is { } before)
        {
            Add(body, before.Entity, before.First, end, end);
        }
        else if (After(end) is { } after)
        {
            Add(body, after.Entity, first, after.End, after.End);
        }
        else if (IsPossessive(reading.Word(first - 1)) && SubjectBefore(first) is { } subject)
        {
            Add(body, subject, first, end, end);
        }
        else if (
            reading.Word(first - 1) is "the" or "die" or "das" or "le" or "la" or "el" or "l'"
            && lastOf.TryGetValue(body.Key, out var known)
        )
        {
            found.Add(Found.At(reading, known, first, end, MentionReason.Body));
        }
        // "The United States condemned it. “...,” the embassy in Prague said."
        else if (
            reading.Word(first - 1) == "the"
            && Host(end) is { } host
            && SubjectBefore(first) is { } guest
            && guest.Key != host.Entity.Key
        )
        {
            Add(body, guest, first, end, end);
        }
    }

    private void Add(EntityDraft body, EntityDraft owner, int first, int end, int afterOwner)
    {
        var entity = Knowledge.Shipped.BodyOf(body, owner);
        if (body.Key is "embassy" or "consulate")
        {
            if (owner.Kind != EntityKind.Country)
            {
                return;
            }
            var host = Host(afterOwner) ?? Stationed(first, end);
            entity =
                host is null && lastOf.TryGetValue(body.Key, out var last) && last.Code == owner.Code
                    ? last
                    : Knowledge.Shipped.MissionOf(body, owner, host?.Entity);
            end = host?.End ?? end;
        }
        lastOf[body.Key] = entity;
        found.Add(Found.At(reading, entity, first, end, MentionReason.Body));
    }

    private Found? Before(int first)
    {
        var at = reading.Word(first - 1) is "'s" or "'" ? first - 1 : first;
        // "中国驻美国大使馆": the host stands between.
        if (Owner(found.EndingAt(at)) is { } host && reading.Word(host.First - 1) == "驻")
        {
            return Owner(found.EndingAt(host.First - 1));
        }
        return IsHyphen(at - 1) ? Owner(found.EndingAt(at - 1)) : Owner(found.EndingAt(at));
    }

    private Found? After(int end)
    {
        if (reading.Language == "en")
        {
            return reading.Word(end) is "of"
                ? Owner(found.StartingAt(reading.Word(end + 1) is "the" ? end + 2 : end + 1))
                : null;
        }
        var at = end;
        while (
            at < end + MaxLinks
            && reading.Word(at) is "von" or "der" or "des" or "de" or "d'" or "du" or "del" or "la" or "l'" or "los"
        )
        {
            at++;
        }
        return Owner(found.StartingAt(at)) is { Mention.Form: not MentionForm.Seat } owner ? owner : null;
    }

    // "in Prague", "in the Czech Republic"
    private Found? Host(int end)
    {
        if (reading.Word(end) is not ("in" or "at" or "v" or "ve" or "في" or "en" or "a" or "au" or "aux" or "в"))
        {
            return null;
        }
        return Owner(found.StartingAt(reading.Word(end + 1) is "the" or "der" ? end + 2 : end + 1));
    }

    // "驻捷克大使馆"
    private Found? Stationed(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (reading.Word(i) == "驻")
            {
                return Owner(found.StartingAt(i + 1));
            }
        }
        return null;
    }

    private bool IsHyphen(int token) => reading.IsMark(token, '-') || reading.IsMark(token, '‑');

    private static Found? Owner(Found? found) =>
        found?.Entity.Kind is EntityKind.Country || found?.Entity.Key == "bloc:eu" ? found : null;

    private static bool IsPossessive(string word) =>
        word is "its" or "their" or "his" or "her" or "seine" or "ihr" or "sein";

    // The first state of the sentence is nearly always its subject, else that of the sentence before.
    private EntityDraft? SubjectBefore(int token)
    {
        var number = NameFinder.SentenceOf(reading, token);
        for (var s = number; s >= Math.Max(0, number - 1); s--)
        {
            for (var i = reading.Sentences[s].First; i < Math.Min(token, reading.Sentences[s].End); i++)
            {
                if (found.StartingAt(i) is { } mention && Owner(mention) is not null)
                {
                    return mention.Entity;
                }
            }
        }
        return null;
    }
}
