using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>
/// Finds the subject of a German verb by the order of its clause: the finite verb is the second part, so either the first part is the
/// subject, or the subject stands after the verb; what is quoted before it is a first part too.
/// </summary>
internal sealed class GermanSubjects(
    Reading reading,
    FoundIndex found,
    Grammar grammar,
    QuoteOwners quotes,
    Discourse discourse
)
{
    private const int MaxFirstPart = 40;
    private const int MaxAfter = 14;

    private readonly GermanPhrases phrases = new(reading, grammar);
    private readonly RoleWords roles = RoleWords.Of("de");

    /// <summary>The auxiliary or modal that a participle or infinitive at the end of its clause belongs to; -1 when the verb stands alone.</summary>
    internal int Auxiliary(CueHit hit, Sentence sentence)
    {
        for (var i = hit.First - 1; i >= sentence.First; i--)
        {
            if (quotes.IsInside(i))
            {
                return -1;
            }
            if (grammar.Is(reading.Word(i), WordClass.Auxiliary))
            {
                return i;
            }
            if (IsBoundary(i) || reading.IsMark(i, ','))
            {
                return -1;
            }
        }
        return -1;
    }

    /// <summary>"wird beschuldigt", "könnte beschuldigen": the subject does not do it; but in "wird mit den Worten zitiert" it speaks.</summary>
    internal bool IsNoAct(CueHit hit, Sentence sentence) =>
        hit.Frame != CueFrame.Alone
        && Auxiliary(hit, sentence) is >= 0 and var auxiliary
        && (
            grammar.Is(reading.Word(auxiliary), WordClass.Modal)
            || (grammar.Is(reading.Word(auxiliary), WordClass.Be) && reading.Word(hit.End - 1) != "zitiert")
        );

    /// <summary>Whether the verb belongs to the subject of the verb before: "und nannte".</summary>
    internal bool GoesOn(CueHit hit) => IsAnd(hit.First - 1);

    /// <summary>Who is named after "laut", "so", "nach Angaben", or before "zufolge".</summary>
    internal Speaker? Source(CueHit hit, Sentence sentence) =>
        reading.Word(hit.First) switch
        {
            "zufolge" => Before(hit.First, sentence.First),
            "so" => quotes.EndsBefore(hit.First) || reading.IsMark(hit.First - 1, ',')
                ? Phrase(hit.End, sentence.End)
                : null,
            _ => Named(hit.End, sentence.End),
        };

    /// <summary>"…“, beschreibt ein Zeuge": a verb that no list has and its subject.</summary>
    /// <param name="after">The token after the closing mark.</param>
    internal Speaker? AfterQuotation(int after, int limit)
    {
        var verb = reading.IsMark(after, ',') ? after + 1 : after;
        var word = reading.Word(verb);
        var finite =
            verb < limit
            && !reading.IsCapital(verb)
            && word.Length > 3
            && (
                word[^1] == 't'
                || word.EndsWith("te", StringComparison.Ordinal)
                || word.EndsWith("ten", StringComparison.Ordinal)
            )
            && !grammar.Is(word, WordClass.Preposition)
            && !grammar.Is(word, WordClass.Conjunction)
            && !grammar.Is(word, WordClass.Adverb);
        return finite ? Phrase(verb + 1, limit) : null;
    }

    /// <summary>The person that a sentence begins with.</summary>
    internal Speaker? Begins(Sentence sentence) =>
        Phrase(sentence.First, sentence.End) is { } speaker
        && (speaker.IsName || speaker.Entity?.Kind == EntityKind.Person)
        && !phrases.IsPronoun(sentence.First)
            ? speaker
            : null;

    /// <summary>Who stands beside a subject: "Deutschland und Frankreich".</summary>
    internal IEnumerable<Speaker> With(Speaker first, Sentence sentence)
    {
        const int most = 5;
        var at = reading.TokenAt(first.Span.End - 1) + 1;
        for (var count = 0; count < most; count++)
        {
            if (!(reading.Word(at) is "und" or "sowie" || reading.IsMark(at, ',')))
            {
                yield break;
            }
            var next = grammar.Is(reading.Word(at + 1), WordClass.Determiner) ? at + 2 : at + 1;
            if (
                found.StartingAt(next) is not { } mention
                || mention.End > sentence.End
                || !SpeakerFinder.CanSpeak(mention)
            )
            {
                yield break;
            }
            yield return discourse.Of(mention, 0.8);
            at = mention.End;
        }
    }

    /// <summary>Who says or does it; null when no subject is found.</summary>
    internal Speaker? Of(CueHit hit, Sentence sentence)
    {
        var verb = Auxiliary(hit, sentence) is >= 0 and var auxiliary ? auxiliary : hit.First;
        if (quotes.EndsBefore(verb))
        {
            return After(verb + 1, sentence.End) ?? (IsAnd(verb) ? Beginning(sentence, verb) : null);
        }
        if (IsAnd(verb - 1))
        {
            return Beginning(sentence, verb);
        }
        // "er" is never an object; whom somebody quotes speaks.
        if (reading.Word(verb + 1) is "er")
        {
            return SpeakerOf(verb + 1, verb + 2);
        }
        if (
            reading.Word(hit.First) is "zitiert" or "zitierte"
            && verb == hit.First
            && Quoted(hit.End, sentence.End) is { } quoted
        )
        {
            return quoted;
        }
        var start = ClauseStart(verb, sentence.First);
        if (start < verb && grammar.Is(reading.Word(start), WordClass.Conjunction))
        {
            return Phrase(start + 1, verb) ?? After(start + 1, verb);
        }
        var first = FirstPart(start, verb);
        // "Die Vorwürfe wies China zurück": who takes a stance is somebody.
        return first is null || (hit.Frame != CueFrame.Say && IsNobody(first))
            ? After(verb + 1, sentence.End) is { } after && (first is null || !IsNobody(after))
                ? after
                : first
            : first;
    }

    // "zitiert dazu einen Zeugen mit den Worten"
    private Speaker? Quoted(int from, int limit)
    {
        while (from < limit && grammar.Is(reading.Word(from), WordClass.Adverb))
        {
            from++;
        }
        return Named(from, limit);
    }

    private static bool IsNobody(Speaker speaker) => speaker is { Entity: null, IsName: false, Role: null };

    /// <summary>The subject before a colon with a quotation after it, whatever the verb: the first part, or the first pronoun.</summary>
    internal Speaker? BeforeColon(Sentence sentence, int colon)
    {
        if (FirstPart(sentence.First, colon) is { } first)
        {
            return first;
        }
        for (var i = sentence.First; i < colon; i++)
        {
            if (phrases.IsPronoun(i) && !quotes.IsInside(i))
            {
                return SpeakerOf(i, i + 1);
            }
        }
        return null;
    }

    // The noun phrase that begins at a token, where it may be a subject.
    private Speaker? Phrase(int start, int limit) =>
        phrases.End(start, limit) is var end && end > start && phrases.MayBeSubject(start)
            ? SpeakerOf(start, end)
            : null;

    // The same in any case: "nach Angaben des Ministers".
    private Speaker? Named(int start, int limit)
    {
        while (start < limit && reading.Word(start) is "von" or "vom" or "aus")
        {
            start++;
        }
        return phrases.End(start, limit) is var end && end > start ? SpeakerOf(start, end) : null;
    }

    // The noun phrase that ends before "zufolge".
    private Speaker? Before(int end, int first)
    {
        for (var start = Math.Max(first, end - MaxAfter); start < end; start++)
        {
            if (phrases.End(start, end) == end)
            {
                return SpeakerOf(start, end);
            }
        }
        return null;
    }

    private Speaker? FirstPart(int start, int verb)
    {
        if (start >= verb || verb - start > MaxFirstPart || !phrases.MayBeSubject(start))
        {
            return null;
        }
        var end = phrases.End(start, verb);
        if (end == start)
        {
            return null;
        }
        var last = reading.IsMark(verb - 1, ',') ? verb - 1 : verb;
        var between =
            reading.IsMark(end, ',') && last < verb && !grammar.Is(reading.Word(end + 1), WordClass.Conjunction);
        return end == last || between ? SpeakerOf(start, end)
            : IsAttribute(end, last) ? SpeakerOf(start, last)
            : last == verb ? SpeakerOf(start, end)
            : null;
    }

    // "in Berlin", "bei den Gesprächen": until the verb there is nothing but more of the subject.
    private bool IsAttribute(int from, int to) =>
        from < to
        && to - from <= MaxAfter
        && grammar.Is(reading.Word(from), WordClass.Preposition)
        && !Enumerable
            .Range(from, to - from)
            .Any(i => reading.IsMark(i, ',') || grammar.Is(reading.Word(i), WordClass.Auxiliary));

    private Speaker? After(int from, int limit)
    {
        var end = Math.Min(limit, from + MaxAfter);
        for (var i = from; i < end; i++)
        {
            if (IsBoundary(i) || reading.IsMark(i, ',') || quotes.IsInside(i))
            {
                return null;
            }
            if (grammar.Is(reading.Word(i), WordClass.Preposition))
            {
                i = Math.Max(i, phrases.End(i + 1, end) - 1);
            }
            else if (phrases.End(i, limit) is var after && after > i)
            {
                if (phrases.MayBeSubject(i))
                {
                    return SpeakerOf(i, after);
                }
                i = after - 1;
            }
        }
        return null;
    }

    // "…, und fügte hinzu": who the sentence began with.
    private Speaker? Beginning(Sentence sentence, int verb) =>
        phrases.MayBeSubject(sentence.First) && phrases.End(sentence.First, verb) is var end && end > sentence.First
            ? SpeakerOf(sentence.First, end)
            : null;

    private bool IsAnd(int token) => reading.Word(token) is "und" or "aber" or "sondern";

    private bool IsBoundary(int token) =>
        reading.Tokens[token].Kind == TokenKind.Mark
        && reading.Whole[reading.Tokens[token].Start] is ';' or ':' or '–' or '“' or '„' or '"' or '«' or '»' or '.';

    private int ClauseStart(int verb, int first)
    {
        var at = verb;
        if (reading.IsMark(at - 1, ','))
        {
            // A clause or an apposition ends right before the verb: the first part is all before it.
            return Start(at - 1, first, overCommas: true);
        }
        return Start(at, first, overCommas: false);
    }

    private int Start(int at, int first, bool overCommas)
    {
        while (at > first)
        {
            var before = at - 1;
            // "die Sprecherin des Vereins „Beispiel“, sagte"
            if (overCommas && (quotes.IsInside(before) || quotes.IsMarkOf(before)))
            {
                at--;
                continue;
            }
            if (IsBoundary(before) || quotes.IsInside(before) || (!overCommas && reading.IsMark(before, ',')))
            {
                break;
            }
            if (IsAnd(before) && !(reading.IsCapital(before - 1) && phrases.End(at, at + MaxAfter) > at))
            {
                break;
            }
            at--;
        }
        return at;
    }

    private Speaker? SpeakerOf(int first, int end)
    {
        var span = reading.SpanOf(first, end);
        if (phrases.IsPronoun(first))
        {
            var meant = grammar.Is(reading.Word(first), WordClass.He)
                ? discourse.He ?? discourse.LastSpeaker
                : discourse.LastSpeaker;
            return meant is null ? null : meant with { Span = span, Certainty = Math.Min(meant.Certainty, 0.75) };
        }
        if (Known(first, end) is { } known)
        {
            return known with { Span = span };
        }
        if (Apposed(Bare(first, end), end) is var (name, office) && name is not null)
        {
            return new Speaker(null, name, NounPhrases.Limit(office!), null, span, 0.7) { IsName = true };
        }
        var (role, start) = Office(Bare(first, end), end);
        var surface = reading.Surface(start, end);
        return new Speaker(null, NounPhrases.Limit(surface), role, null, span, 0.7) { IsName = IsName(start, end) };
    }

    // "der Sprecher der Stadt, Jan Beispiel", "Eva Beispiel, die Sprecherin der Stadt"
    private (string? Name, string? Office) Apposed(int first, int end)
    {
        for (var comma = first + 1; comma < end - 1; comma++)
        {
            if (!reading.IsMark(comma, ','))
            {
                continue;
            }
            return comma - first > 1 && IsName(first, comma)
                    ? (reading.Surface(first, comma), reading.Surface(Bare(comma + 1, end), end))
                : end - comma > 2 && IsName(comma + 1, end)
                    ? (reading.Surface(comma + 1, end), reading.Surface(first, comma))
                : (null, null);
        }
        return (null, null);
    }

    // A person in it, else the state or body that it names or speaks for.
    private Speaker? Known(int first, int end)
    {
        Speaker? body = null;
        for (var i = first; i < end; i++)
        {
            if (found.StartingAt(i) is not { } mention || mention.End > end)
            {
                continue;
            }
            if (mention.Entity.Kind == EntityKind.Person)
            {
                return discourse.Of(mention, 0.9);
            }
            if (body is null && SpeakerFinder.CanSpeak(mention) && (i - first <= 1 || IsOffice(Bare(first, end))))
            {
                var role = i - first <= 1 ? null : reading.Surface(Bare(first, end), i);
                body = discourse.Of(mention, 0.85) with { Role = role is null ? null : NounPhrases.Limit(role) };
            }
            i = mention.End - 1;
        }
        return body;
    }

    private int Bare(int first, int end) =>
        first + 1 < end && grammar.Is(reading.Word(first), WordClass.Determiner) ? first + 1 : first;

    private bool IsOffice(int token)
    {
        var word = reading.Word(token);
        return roles.Heads.Contains(word)
            || grammar.Is(word, WordClass.Describer)
            || roles.Heads.Any(h => h.Length > 4 && word.EndsWith(h, StringComparison.Ordinal));
    }

    // "Vereinschef Jan Beispiel": the last two capitals after an office are the name.
    private (string? Role, int Start) Office(int first, int end)
    {
        for (var i = first; i < end - 1; i++)
        {
            if (reading.IsCapital(i) && IsOffice(i) && end - i - 1 is 1 or 2 && IsName(i + 1, end))
            {
                return (reading.Surface(first, i + 1), i + 1);
            }
        }
        return (null, first);
    }

    private bool IsName(int first, int end) =>
        end - first is >= 1 and <= 3
        && Enumerable.Range(first, end - first).All(phrases.IsNoun)
        && (end - first > 1 || !grammar.Is(reading.Word(first - 1), WordClass.Determiner));
}
