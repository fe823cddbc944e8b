using CyberInsights.Text;

namespace CyberInsights.Recognise.Patterns;

/// <summary>Who does what a verb tells, and where what is said of it begins.</summary>
/// <param name="Who">Empty when no subject is found.</param>
internal sealed record Subject(IReadOnlyList<Speaker> Who, string Rule, double Certainty)
{
    internal static readonly Subject None = new([], "", 0);
}

/// <summary>
/// Finds the subject of a verb by the order of the language: before the verb, after it where a quotation stands before it, in Arabic
/// first after it; <see cref="GermanSubjects"/> and <see cref="ChineseSubjects"/> know the order of their languages.
/// </summary>
internal sealed class SubjectFinder(
    Reading reading,
    FoundIndex found,
    Grammar grammar,
    QuoteOwners quotes,
    SpeakerFinder speakers,
    GermanSubjects german,
    ChineseSubjects chinese
)
{
    /// <param name="before">The statement found last; its speaker goes on in "and accused".</param>
    internal Subject Of(CueHit hit, Clause clause, Sentence sentence, Coded? before)
    {
        if (clause.GoesOn && grammar.Language != "de")
        {
            if (before is not null && reading.Sentences[before.Sentence].First == sentence.First)
            {
                return new Subject([before.Speaker], "verb goes on", 0.75);
            }
        }
        return grammar.Language switch
        {
            "de" => German(hit, sentence, before),
            "zh" => new Subject(chinese.Of(hit, sentence), "subject of the clause", 0.85),
            "ar" => Arabic(hit, clause, sentence, before),
            _ when quotes.EndsBefore(hit.First) || quotes.EndsBefore(clause.SubjectEnd) => Right(hit, sentence)
                ?? Left(hit, clause, sentence)
                ?? Subject.None,
            _ => Apposed(clause, sentence)
                ?? Left(hit, clause, sentence)
                ?? Right(hit, sentence)
                ?? Beginning(hit, clause, sentence),
        };
    }

    /// <summary>Where the target of a verb is looked for: after it, after a subject that stands between, after the auxiliary of a participle.</summary>
    internal (int From, int End) Object(CueHit hit, Sentence sentence, Speaker last)
    {
        if (grammar.Language == "zh")
        {
            return chinese.Object(hit, sentence);
        }
        var subject = reading.TokenFrom(last.Span.Start);
        if (grammar.Language == "de" && german.Auxiliary(hit, sentence) is >= 0 and var auxiliary)
        {
            return (subject > auxiliary ? reading.TokenAfter(last.Span) : auxiliary + 1, hit.First);
        }
        return (subject < hit.End ? hit.End : reading.TokenAfter(last.Span), sentence.End);
    }

    // The token after a verb and its adverbs.
    private int After(CueHit hit)
    {
        var at = hit.End;
        // "odsoudila i Francie", "осудила и Франция"
        while (grammar.Is(reading.Word(at), WordClass.Adverb) || grammar.Is(reading.Word(at), WordClass.And))
        {
            at++;
        }
        return at;
    }

    // The subject follows the verb, but in headlines it stands before: "الصين تنفي". After "and" a verb with one party alone has its subject
    // from the verb before: "وطالبت براغ".
    private Subject Arabic(CueHit hit, Clause clause, Sentence sentence, Coded? before)
    {
        var joined = reading.Word(hit.First)[0] is 'و' or 'ف';
        if (!joined && Left(hit, clause, sentence) is { } left)
        {
            return left;
        }
        var right = Right(hit, sentence);
        return joined && right is { Who: [var only] } && IsPersonal(hit) && !IsFollowed(only, sentence)
            ? WhoBegan(hit, sentence, before) ?? right
            : right ?? Left(hit, clause, sentence) ?? Beginning(hit, clause, sentence);
    }

    private static bool IsPersonal(CueHit hit) => hit.Cue.Stance is Stance.Accuse or Stance.Demand or Stance.Warn;

    private bool IsFollowed(Speaker speaker, Sentence sentence)
    {
        for (var i = reading.TokenAfter(speaker.Span); i < sentence.End; i++)
        {
            if (found.StartingAt(i) is { } mention && SpeakerFinder.CanSpeak(mention))
            {
                return true;
            }
        }
        return false;
    }

    private Subject? WhoBegan(CueHit hit, Sentence sentence, Coded? before) =>
        before is not null && reading.Sentences[before.Sentence].First == sentence.First
            ? new Subject([before.Speaker], "verb goes on", 0.75)
        : speakers.StartingAt(sentence.First + 1, hit.First) is { Count: > 0 } who
            ? new Subject(who, "verb goes on", 0.7)
        : null;

    private Subject German(CueHit hit, Sentence sentence, Coded? before)
    {
        if (german.Of(hit, sentence) is { } who)
        {
            return new Subject([who, .. german.With(who, sentence)], "subject by word order", 0.85);
        }
        var goesOn = before is not null && reading.Sentences[before.Sentence].First == sentence.First;
        return goesOn && german.GoesOn(hit) ? new Subject([before!.Speaker], "verb goes on", 0.75) : Subject.None;
    }

    // "La portavoz del Gobierno, Ana Ejemplo, precisó": the person between the commas.
    private Subject? Apposed(Clause clause, Sentence sentence) =>
        reading.IsMark(clause.SubjectEnd, ',')
        && found.StartingAt(clause.SubjectEnd + 1) is { Entity.Kind: EntityKind.Person } person
        && reading.IsMark(person.End, ',')
            ? new Subject(speakers.EndingAt(person.End, sentence.First), "person in apposition", 0.9)
            : null;

    private Subject? Left(CueHit hit, Clause clause, Sentence sentence) =>
        !clause.GoesOn
        && speakers.EndingAt(clause.SubjectEnd, sentence.First, hit.Frame == CueFrame.Say) is { Count: > 0 } left
        && !IsOblique(left[0])
        && reading.Word(clause.SubjectEnd - 1) != "what"
        && reading.Word(reading.TokenFrom(left[0].Span.Start) - 1) != "what"
            ? new Subject(left, "subject before the verb", 0.9)
            : null;

    private Subject? Right(CueHit hit, Sentence sentence) =>
        speakers.StartingAt(After(hit), sentence.End, hit.Frame == CueFrame.Say) is { Count: > 0 } right
        && !IsOblique(right[0])
            ? new Subject(right, "subject after the verb", 0.85)
            : null;

    private bool IsOblique(Speaker speaker) =>
        found.StartingAt(reading.TokenFrom(speaker.Span.Start)) is { Mention.Oblique: true };

    private Subject Beginning(CueHit hit, Clause clause, Sentence sentence) =>
        !clause.GoesOn
        && speakers.Beginning(sentence.First, hit.First) is { Count: > 0 } beginning
        && !IsOblique(beginning[0])
            ? new Subject(beginning, "subject at the beginning", 0.75)
            : Subject.None;
}
