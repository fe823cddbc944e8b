using CyberInsights.Recognise.Tagging;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Puts together what the lists and the tagger say of a text. A name of the lists that is written as it must be is taken where the tagger
/// does not contradict; a name that needs context where the tagger confirms it, or where the text gives the context once; what the tagger
/// alone finds is an entity of its own.
/// </summary>
internal sealed class NameJudge
{
    // How far "outside" may be ahead before a listed name is left out. For malware this is no result of cross validation alone, which
    // was a little better without it; figures of other corpora and of AnnoCTR's dev part decided (docs/benchmarks.md).
    private const int MaxDoubt = 1000;

    private readonly Reading reading;
    private readonly Listing listing;
    private readonly FoundIndex found;
    private readonly Tags tags;
    private readonly List<Tagged> tagged;
    private readonly Tagged?[] over;
    private readonly HashSet<(string Key, string Surface)> evident = [];

    internal NameJudge(Reading reading, Listing listing, Tags tags, FoundIndex found)
    {
        this.reading = reading;
        this.listing = listing;
        this.found = found;
        this.tags = tags;
        this.tagged = [.. tags.Names.Select(Trim).Where(t => t.End > t.First)];
        over = new Tagged?[reading.Tokens.Count];
        foreach (var tag in this.tagged)
        {
            Array.Fill(over, tag, tag.First, tag.End - tag.First);
        }
    }

    /// <summary>Takes what the lists know.</summary>
    internal void TakeListed()
    {
        foreach (var match in listing.Matches.Where(IsEvident))
        {
            evident.Add((match.Name.Entity.Key, Surface(match)));
        }
        var end = 0;
        foreach (var group in listing.Matches.GroupBy(m => m.First))
        {
            if (group.Key >= end && Choose(group) is { } mention)
            {
                found.Add(mention);
                end = mention.End;
            }
        }
    }

    /// <summary>Takes what the tagger alone finds; bodies and persons, found by rules that know more of them, come before.</summary>
    internal void TakeTagged()
    {
        foreach (var tag in tagged)
        {
            if (
                Tag.KindOf(tag.Type) is { } kind
                && (found.StartingAt(tag.First) is not { } known || known.End < tag.End)
                && !Enumerable.Range(tag.First, tag.End - tag.First).Any(IsRuled)
                && Own(tag, kind) is { } own
            )
            {
                found.Add(own);
            }
        }
    }

    private bool IsRuled(int token) =>
        found.Over(token) is { Mention.Reason: MentionReason.Body or MentionReason.Office };

    private Found? Choose(IEnumerable<GazetteerMatch> matches)
    {
        Found? fallback = null;
        foreach (var match in matches.OrderByDescending(m => m.End).ThenByDescending(IsNamedKind))
        {
            var holds = NameFinder.Holds(reading, match.Name, match.First, match.End);
            if (IsConfirmed(match) && (holds || match.Name.Entity.Kind != EntityKind.Country))
            {
                return At(match, MentionReason.Confirmed);
            }
            if (fallback is null && holds && !Contradicts(match))
            {
                fallback =
                    match.Fits ? At(match, MentionReason.Listed)
                    : evident.Contains((match.Name.Entity.Key, Surface(match))) ? At(match, MentionReason.Repeated)
                    : null;
            }
        }
        return fallback;
    }

    // "Play ransomware" and "the Play gang": of two things with one name the word after it tells which.
    private bool IsNamedKind(GazetteerMatch match) =>
        reading.Word(match.End) switch
        {
            "ransomware"
            or "malware"
            or "trojan"
            or "stealer"
            or "botnet"
            or "backdoor"
            or "rat"
            or "loader"
            or "wiper" => match.Name.Entity.Kind == EntityKind.Malware,
            "gang" or "group" or "hackers" or "crew" or "actors" or "operators" or "affiliates" => match
                .Name
                .Entity
                .Kind == EntityKind.Actor,
            _ => false,
        };

    private bool Contradicts(GazetteerMatch match) =>
        over[match.First] is { } tag
            ? Tag.KindOf(tag.Type) is null && match.Name.Entity.Kind != EntityKind.Country
            : match.Name.Entity.Kind is EntityKind.Malware or EntityKind.Organisation or EntityKind.Sector
                && tags.Doubt(match.First, TypeOf(match.Name.Entity.Kind)) > MaxDoubt;

    private static int TypeOf(EntityKind kind) =>
        Enumerable.Range(0, Tag.Types.Length).First(type => Agrees(kind, type));

    // One sense per text: "Ares malware" tells of every "Ares" after it.
    private bool IsEvident(GazetteerMatch match) =>
        match.Name.Entity.Kind != EntityKind.Sector && IsConfirmed(match)
        || match is { Fits: true, Name: { Rule: NameRule.InContext, Entity.Kind: EntityKind.Malware } };

    private bool IsConfirmed(GazetteerMatch match) =>
        over[match.First] is { } tag
        && tag.First == match.First
        && tag.End == match.End
        && Agrees(match.Name.Entity.Kind, tag.Type);

    private string Surface(GazetteerMatch match) => reading.Surface(match.First, match.End);

    private Found At(GazetteerMatch match, MentionReason reason)
    {
        var at = Found.At(reading, match.Name.Entity, match.First, match.End, reason, match.Name.Form);
        return match.Name.Oblique ? at with { Mention = at.Mention with { Oblique = true } } : at;
    }

    private static bool Agrees(EntityKind kind, int type) =>
        Tag.Types[type] switch
        {
            "MALWARE" or "TOOL" => kind is EntityKind.Malware or EntityKind.Tool,
            "GROUP" => kind is EntityKind.Actor,
            "ORG" => kind is EntityKind.Organisation or EntityKind.Bloc,
            "LOC" => kind is EntityKind.Country or EntityKind.Place,
            "SECTOR" => kind is EntityKind.Sector,
            _ => false,
        };

    // "U.S . -": a mark at the edge is no part of a name, but for the stop of an abbreviation.
    private Tagged Trim(Tagged tag)
    {
        var (first, end) = (tag.First, tag.End);
        while (first < end && reading.Tokens[first].Kind == TokenKind.Mark)
        {
            first++;
        }
        while (
            end > first
            && reading.Tokens[end - 1].Kind == TokenKind.Mark
            && !(
                reading.IsMark(end - 1, '.')
                && end - 2 >= first
                && reading.Word(end - 2).Contains('.', StringComparison.Ordinal)
            )
        )
        {
            end--;
        }
        return tag with { First = first, End = end };
    }

    // "the Winnti dropper", "U.S .": what the lists know within it is what it is.
    private Found? Own(Tagged tag, EntityKind kind)
    {
        // "Australia, Austria, Azerbaijan": a row of states is no name.
        if (
            Enumerable
                .Range(tag.First, tag.End - tag.First)
                .Count(i => found.StartingAt(i) is { Entity.Kind: EntityKind.Country }) > 1
        )
        {
            return null;
        }
        for (var i = tag.First; i < tag.End && kind != EntityKind.Organisation; i++)
        {
            if (found.StartingAt(i) is { } inner && inner.End <= tag.End && Agrees(inner.Entity.Kind, tag.Type))
            {
                return Found.At(reading, inner.Entity, tag.First, tag.End, MentionReason.Tagged, inner.Mention.Form);
            }
        }
        if (!IsName(tag, kind))
        {
            return null;
        }
        var name = reading.Surface(tag.First, tag.End);
        return Found.At(
            reading,
            Knowledge.Draft(kind, Folding.Slug(name), name),
            tag.First,
            tag.End,
            MentionReason.Tagged
        );
    }

    // "Trojan" and "Android" are named so often that the tagger takes them for more than they are; a town has a word of place before it.
    private bool IsName(Tagged tag, EntityKind kind) =>
        (tag.End - tag.First > 1 || !Knowledge.Shipped.Concepts.Contains(reading.Word(tag.First)))
        && found.StartingAt(tag.First) is not { Entity.Kind: EntityKind.Product }
        && (kind != EntityKind.Place || NameFinder.IsPlaceWord(reading.Word(tag.First - 1)));
}
