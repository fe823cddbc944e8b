using System.Collections.Frozen;

namespace CyberInsights.Recognise;

/// <summary>Finds what a sentence says about whose an actor is: "APT31, which is linked to the Ministry of State Security", "China-linked APT31".</summary>
internal sealed class LinkFinder(Reading reading, FoundIndex found)
{
    private const int MaxBetween = 12;

    // Two or three words, the second and third optional.
    private static readonly FrozenDictionary<string, EntityLinkKind> Phrases = new Dictionary<string, EntityLinkKind>
    {
        ["linked to"] = EntityLinkKind.LinkedTo,
        ["linked with"] = EntityLinkKind.LinkedTo,
        ["tied to"] = EntityLinkKind.LinkedTo,
        ["ties to"] = EntityLinkKind.LinkedTo,
        ["links to"] = EntityLinkKind.LinkedTo,
        ["connected to"] = EntityLinkKind.LinkedTo,
        ["associated with"] = EntityLinkKind.LinkedTo,
        ["affiliated with"] = EntityLinkKind.LinkedTo,
        ["aligned with"] = EntityLinkKind.LinkedTo,
        ["part of"] = EntityLinkKind.PartOf,
        ["unit of"] = EntityLinkKind.PartOf,
        ["arm of"] = EntityLinkKind.PartOf,
        ["subgroup of"] = EntityLinkKind.PartOf,
        ["works for"] = EntityLinkKind.PartOf,
        ["working for"] = EntityLinkKind.PartOf,
        ["operated by"] = EntityLinkKind.PartOf,
        ["run by"] = EntityLinkKind.PartOf,
        ["attributed to"] = EntityLinkKind.AttributedTo,
        ["blamed on"] = EntityLinkKind.AttributedTo,
        ["carried out by"] = EntityLinkKind.AttributedTo,
        ["backed by"] = EntityLinkKind.BackedBy,
        ["sponsored by"] = EntityLinkKind.BackedBy,
        ["supported by"] = EntityLinkKind.BackedBy,
        ["directed by"] = EntityLinkKind.BackedBy,
        ["behalf of"] = EntityLinkKind.BackedBy,
        ["known as"] = EntityLinkKind.AlsoKnownAs,
        ["tracked as"] = EntityLinkKind.AlsoKnownAs,
        ["verbindung mit"] = EntityLinkKind.LinkedTo,
        ["verbindungen zu"] = EntityLinkKind.LinkedTo,
        ["zugerechnet"] = EntityLinkKind.LinkedTo,
        ["spojovana s"] = EntityLinkKind.LinkedTo,
        ["napojena na"] = EntityLinkKind.LinkedTo,
        ["spojena s"] = EntityLinkKind.LinkedTo,
        ["مرتبطة ب"] = EntityLinkKind.LinkedTo,
        ["المرتبطة"] = EntityLinkKind.LinkedTo,
        ["التابعة"] = EntityLinkKind.PartOf,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Beginnings = Phrases.Keys.Select(p => p.Split(' ')[0]).ToFrozenSet();

    private static readonly FrozenDictionary<string, EntityLinkKind> Compounds = new Dictionary<string, EntityLinkKind>
    {
        ["linked"] = EntityLinkKind.LinkedTo,
        ["nexus"] = EntityLinkKind.LinkedTo,
        ["aligned"] = EntityLinkKind.LinkedTo,
        ["affiliated"] = EntityLinkKind.LinkedTo,
        ["based"] = EntityLinkKind.LinkedTo,
        ["backed"] = EntityLinkKind.BackedBy,
        ["sponsored"] = EntityLinkKind.BackedBy,
    }.ToFrozenDictionary();

    private readonly List<EntityLink> links = [];
    private EntityDraft? lastActor;

    internal IReadOnlyList<EntityLink> Find()
    {
        foreach (var sentence in reading.Sentences)
        {
            for (var i = sentence.First; i < sentence.End; i++)
            {
                TakePhrase(sentence, i);
                TakeCompound(sentence, i);
            }
            lastActor = LastActor(sentence, sentence.End) ?? lastActor;
        }
        return [.. links.DistinctBy(l => (l.From.Key, l.To.Key, l.Kind))];
    }

    private void TakePhrase(Text.Sentence sentence, int at)
    {
        if (!Beginnings.Contains(reading.Word(at)))
        {
            return;
        }
        foreach (var words in (ReadOnlySpan<int>)[3, 2, 1])
        {
            if (at + words <= sentence.End && Phrases.TryGetValue(Join(at, words), out var kind))
            {
                var from = LastActor(sentence, at) ?? (IsAnaphoric(sentence, at) ? lastActor : null);
                var to = Next(sentence, at + words);
                if (from is not null && to is not null && !IsNegated(at) && from.Key != to.Entity.Key)
                {
                    Add(from, to.Entity, kind, sentence);
                }
                return;
            }
        }
    }

    // "China-linked APT31", "Chinese state-sponsored group APT31"
    private void TakeCompound(Text.Sentence sentence, int at)
    {
        if (!reading.IsMark(at, '-') || !Compounds.TryGetValue(reading.Word(at + 1), out var kind))
        {
            return;
        }
        var owner =
            found.EndingAt(at)
            ?? (reading.Word(at - 1) is "state" or "government" or "nation" ? found.EndingAt(at - 1) : null);
        var actor = Next(sentence, at + 2, EntityKind.Actor, 5);
        if (owner?.Entity.Kind is EntityKind.Country or EntityKind.Organisation && actor is not null)
        {
            Add(actor.Entity, owner!.Entity, kind, sentence);
        }
    }

    private void Add(EntityDraft from, EntityDraft to, EntityLinkKind kind, Text.Sentence sentence)
    {
        var span = reading.SpanOf(sentence.First, sentence.End);
        links.Add(
            new EntityLink
            {
                From = from,
                To = to,
                Kind = kind,
                Start = span.Start,
                Length = span.Length,
            }
        );
    }

    private string Join(int at, int words) =>
        words switch
        {
            1 => reading.Word(at),
            2 => $"{reading.Word(at)} {reading.Word(at + 1)}",
            _ => $"{reading.Word(at)} {reading.Word(at + 1)} {reading.Word(at + 2)}",
        };

    private EntityDraft? LastActor(Text.Sentence sentence, int before)
    {
        for (var i = before; i > Math.Max(sentence.First, before - 30); i--)
        {
            if (found.EndingAt(i) is { Entity.Kind: EntityKind.Actor or EntityKind.Malware } actor)
            {
                return actor.Entity;
            }
        }
        return null;
    }

    // "This group has been linked to ..."
    private bool IsAnaphoric(Text.Sentence sentence, int at)
    {
        var first = reading.Word(sentence.First);
        return at - sentence.First <= 10
            && (
                first is "it" or "sie" or "they"
                || (
                    first is "the" or "this" or "die"
                    && reading.Word(sentence.First + 1)
                        is "group"
                            or "gang"
                            or "crew"
                            or "actor"
                            or "hackers"
                            or "gruppe"
                )
            );
    }

    private Found? Next(Text.Sentence sentence, int from, EntityKind? wanted = null, int max = MaxBetween)
    {
        for (var i = from; i < Math.Min(sentence.End, from + max); i++)
        {
            if (
                found.StartingAt(i) is { } mention
                && (
                    wanted is null
                        ? mention.Entity.Kind is EntityKind.Country or EntityKind.Organisation or EntityKind.Actor
                        : mention.Entity.Kind == wanted
                )
            )
            {
                return mention;
            }
        }
        return null;
    }

    private bool IsNegated(int at) =>
        Enumerable.Range(1, 4).Any(back => reading.Word(at - back) is "not" or "never" or "no" or "nicht" or "neither");
}
