using System.Text.RegularExpressions;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Proposing;

/// <summary>What of a model's answer is proven in the text of the report.</summary>
public sealed record ProvenProposals
{
    /// <summary>How sure a proposal can be at most: below <see cref="StatementDraft.LeastShown"/>, so that each waits for the desk.</summary>
    public const double Confidence = 0.4;

    /// <summary>The rule of what the model of this name proposes.</summary>
    public static string RuleOf(string model) => $"language model {model}";

    public required IReadOnlyList<StatementDraft> Statements { get; init; }
    public required IReadOnlyList<TranslatedText> Translations { get; init; }

    /// <summary>How many did not pass the proof.</summary>
    public required int Dropped { get; init; }
}

/// <summary>A machine's words for a headline or a quotation; never a quotation itself.</summary>
/// <param name="Span">What is translated.</param>
public sealed record TranslatedText(Span Span, string English);

/// <summary>
/// Holds a model's answer against the text: a proposal passes only by what stands there letter for letter. Our own statements stay
/// as they are; what says the same as one of them is left out. Pure.
/// </summary>
internal sealed partial class ProposalProof
{
    private const int MaxSentences = 3;

    // Shorter words would stand anywhere.
    private const int LeastContent = 12;

    // Of one passage that are looked at.
    private const int MaxPlaces = 50;

    private static readonly Dictionary<string, Stance> Stances = Enum.GetValues<Stance>()
        .ToDictionary(s => s.ToString().ToLowerInvariant());

    private readonly Reading reading;
    private readonly Recognition own;
    private readonly string rule;
    private readonly Grammar? grammar;
    private int dropped;

    internal ProposalProof(ReportText report, Recognition own, string model)
    {
        reading = new Reading(report.Title, report.Text, report.Language);
        grammar = Grammar.Of(report.Language);
        this.own = own;
        rule = ProvenProposals.RuleOf(model);
    }

    internal ProvenProposals Check(ProposedAnswer answer)
    {
        var statements = new List<StatementDraft>();
        foreach (var proposed in answer.Statements)
        {
            if (Prove(proposed) is not { } draft)
            {
                dropped++;
            }
            else if (!own.Statements.Concat(statements).Any(s => SaysTheSame(s, draft)))
            {
                statements.Add(draft);
            }
        }
        var translations = new List<TranslatedText>();
        foreach (var proposed in answer.Translations)
        {
            if (Prove(proposed) is not { } translated)
            {
                dropped++;
            }
            else if (translations.TrueForAll(t => t.Span != translated.Span))
            {
                translations.Add(translated);
            }
        }
        return new ProvenProposals
        {
            Statements = statements,
            Translations = translations,
            Dropped = dropped,
        };
    }

    private StatementDraft? Prove(ProposedStatement proposed)
    {
        if (!Stances.TryGetValue(proposed.Stance, out var stance) || proposed.Content.Length < LeastContent)
        {
            return null;
        }
        foreach (var content in Places(proposed.Content, new Span(0, reading.Whole.Length)))
        {
            var sentence = Around(content);
            if (
                sentence.Length == 0
                || Speaker(proposed.Speaker, sentence) is not { } speaker
                || !IsQuoted(proposed.Quotation, sentence, out var quote)
                || !IsNamed(proposed.Target, sentence, out var target)
            )
            {
                continue;
            }
            var (who, whom) = (NameAt(speaker), target is { } aim ? NameAt(aim) : null);
            return new StatementDraft
            {
                Speaker = who?.Entity,
                SpeakerName = who?.Entity.Name ?? Folding.Clean(proposed.Speaker),
                SpeakerRole = who?.Role,
                SpeakerCountry = who?.Entity is { Kind: EntityKind.Country or EntityKind.Organisation } body
                    ? body.Code
                    : null,
                Stance = stance,
                Target = whom?.Entity,
                TargetName = target is null ? null : whom?.Entity.Name ?? Folding.Clean(proposed.Target!),
                Sentence = sentence,
                Quote = quote,
                SpeakerSpan = speaker,
                Cue = content,
                Content = content,
                Confidence = ProvenProposals.Confidence,
                Rule = rule,
            };
        }
        return null;
    }

    private IEnumerable<Span> Places(string words, Span within)
    {
        var at = within.Start;
        for (
            var places = 0;
            places < MaxPlaces
                && words.Length > 0
                && words.Length <= within.End - at
                && (at = reading.Whole.IndexOf(words, at, within.End - at, StringComparison.Ordinal)) >= 0;
            places++
        )
        {
            yield return new Span(at, words.Length);
            at++;
        }
    }

    // The sentences that a passage runs over; empty when they are too many to be one statement.
    private Span Around(Span passage)
    {
        var (first, last) = (reading.TokenAt(passage.Start), reading.TokenAt(passage.End - 1));
        var over = reading.Sentences.Where(s => s.First <= last && first < s.End).ToList();
        return over.Count is > 0 and <= MaxSentences ? reading.SpanOf(over[0].First, over[^1].End) : default;
    }

    // The one who speaks is named, not "he" or "officials", and by the report, not within the words that are quoted.
    private Span? Speaker(string name, Span sentence) =>
        IsName(name)
            ? Whole(name, sentence)
                .Where(place => !reading.Quotations.Any(q => q.Start <= place.Start && place.End <= q.End))
                .Select(place => (Span?)place)
                .FirstOrDefault()
            : null;

    private bool IsName(string name)
    {
        var word = Folding.Fold(name);
        return name.Any(c =>
                char.IsUpper(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.OtherLetter
            ) && !Pronouns.Any(p => grammar?.Is(word, p) == true);
    }

    private static readonly WordClass[] Pronouns =
    [
        WordClass.He,
        WordClass.It,
        WordClass.They,
        WordClass.We,
        WordClass.Relative,
    ];

    private bool IsNamed(string? name, Span sentence, out Span? place)
    {
        place = string.IsNullOrEmpty(name) ? null : Whole(name, sentence).Select(p => (Span?)p).FirstOrDefault();
        return string.IsNullOrEmpty(name) || place is not null;
    }

    private IEnumerable<Span> Whole(string name, Span within) =>
        Places(name, within)
            .Where(p =>
                (p.Start == 0 || !char.IsLetterOrDigit(reading.Whole[p.Start - 1]))
                && (p.End == reading.Whole.Length || !char.IsLetterOrDigit(reading.Whole[p.End]))
            );

    // A quotation stands between quotation marks: what the report says in its own words is nobody's quotation.
    private bool IsQuoted(string? words, Span sentence, out Span? quote)
    {
        quote = string.IsNullOrEmpty(words) ? null : Between(words, sentence);
        return string.IsNullOrEmpty(words) || quote is not null;
    }

    private Span? Between(string words, Span within) =>
        Places(words, within)
            .Where(p => reading.Quotations.Any(q => q.Start <= p.Start && p.End <= q.End))
            .Select(p => (Span?)p)
            .FirstOrDefault();

    private Mention? NameAt(Span place) =>
        own
            .Mentions.Where(m =>
                m.Entity.Kind
                    is EntityKind.Country
                        or EntityKind.Bloc
                        or EntityKind.Organisation
                        or EntityKind.Person
                        or EntityKind.Actor
                && place.Start <= m.Start
                && m.End <= place.End
                && m.Length * 2 >= place.Length
            )
            .MaxBy(m => m.Length);

    private static bool SaysTheSame(StatementDraft one, StatementDraft other) =>
        one.Stance == other.Stance
        && one.Sentence.Overlaps(other.Sentence)
        && (
            one.Speaker is not null && one.Speaker.Key == other.Speaker?.Key
            || string.Equals(one.SpeakerName, other.SpeakerName, StringComparison.OrdinalIgnoreCase)
        );

    private TranslatedText? Prove(ProposedTranslation proposed)
    {
        var whole = new Span(0, reading.Whole.Length);
        Span? place =
            proposed.Text == reading.Whole[..reading.TitleEnd] && proposed.Text.Length > 0
                ? new Span(0, reading.TitleEnd)
                : Between(proposed.Text, whole);
        return
            place is { } span
            && proposed.English.Length > 0
            && proposed.English.Length <= 3 * proposed.Text.Length + 40
            && proposed.English == Folding.Clean(proposed.English)
            && Handles
                .Matches(proposed.English)
                .All(m => reading.Whole.Contains(m.Value, StringComparison.OrdinalIgnoreCase))
            ? new TranslatedText(span, proposed.English)
            : null;
    }

    // Addresses, hosts, mail addresses, CVE ids and markup: a translation can only have those of its report.
    [GeneratedRegex(
        @"https?:\S*|\S+@\S+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b|\bCVE-\d+-\d+|<\S*|\]\(",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 500
    )]
    private static partial Regex Handles { get; }
}
