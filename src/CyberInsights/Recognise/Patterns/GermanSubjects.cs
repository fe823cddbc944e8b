using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>
/// Finds the subject of a German verb by the order of its clause: the finite verb is the second part, so either the first part is the
/// subject, or the subject stands after the verb; what is quoted before it is a first part too.
/// </summary>
internal sealed class GermanSubjects(
    Reading reading,
    FoundIndex found,
    Grammar grammar,
    QuoteOwners quotes,
    Discourse discourse,
    GermanPhrases phrases
)
{
    private const int MaxFirstPart = 40;
    private const int MaxAfter = 14;

    private readonly GermanSpeakers speakers = new(reading, found, grammar, phrases, discourse);

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
        var at = reading.TokenAfter(first.Span);
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
            return speakers.Of(verb + 1, verb + 2);
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
        if (hit.Frame != CueFrame.Say)
        {
            return Party(start, verb, sentence);
        }
        return FirstPart(start, verb) ?? After(verb + 1, sentence.End);
    }

    // "Die Vorwürfe wies China zurück": who takes a stance is somebody.
    private Speaker? Party(int start, int verb, Sentence sentence)
    {
        if (FirstPart(start, verb) is { } first && speakers.IsSomebody(first))
        {
            return first;
        }
        return After(verb + 1, sentence.End) is { } after && speakers.IsSomebody(after) ? after : null;
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
                return speakers.Of(i, i + 1);
            }
        }
        return null;
    }

    // The noun phrase that begins at a token, where it may be a subject.
    private Speaker? Phrase(int start, int limit) =>
        phrases.End(start, limit) is var end && end > start && phrases.MayBeSubject(start)
            ? speakers.Of(start, end)
            : null;

    // The same in any case: "nach Angaben des Ministers".
    private Speaker? Named(int start, int limit)
    {
        while (start < limit && reading.Word(start) is "von" or "vom" or "aus")
        {
            start++;
        }
        return phrases.End(start, limit) is var end && end > start ? speakers.Of(start, end) : null;
    }

    // The noun phrase that ends before "zufolge".
    private Speaker? Before(int end, int first)
    {
        for (var start = Math.Max(first, end - MaxAfter); start < end; start++)
        {
            if (phrases.End(start, end) == end)
            {
                return speakers.Of(start, end);
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
        return end == last || between ? speakers.Of(start, end)
            : IsAttribute(end, last) ? speakers.Of(start, last)
            : last == verb ? speakers.Of(start, end)
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
                    return speakers.Of(i, after);
                }
                i = after - 1;
            }
        }
        return null;
    }

    // "…, und fügte hinzu": who the sentence began with.
    private Speaker? Beginning(Sentence sentence, int verb) =>
        phrases.MayBeSubject(sentence.First) && phrases.End(sentence.First, verb) is var end && end > sentence.First
            ? speakers.Of(sentence.First, end)
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
}
