using System.Globalization;
using CyberInsights.Group;

namespace CyberInsights.Publish;

/// <summary>
/// Finds what replies to what among the statements of one event: who accuses whom is one charge however often it is told, and
/// each other statement replies to one charge at most. Pure.
/// </summary>
internal static class Replies
{
    // Words of a sentence that the two must share, and the share of the shorter one's words that those must be.
    private const int LeastWords = 3;
    private const double LeastShare = 0.4;

    // The earliest ones; no event has so many, hostile input has.
    private const int MaxCharges = 200;
    private const int MaxVoices = 2000;
    private const int MaxTold = 20;

    internal static IReadOnlyList<Reply> Of(DossierMaterial material)
    {
        var reports = material.Reports.ToDictionary(r => r.Id);
        var voices = material
            .Statements.Where(s => reports.ContainsKey(s.ReportId))
            .Select(s => new Voice(s, reports[s.ReportId], material.Codes))
            .OrderBy(v => v.Report.PublishedAt)
            .ThenBy(v => v.Report.Id)
            .ThenBy(v => v.Statement.Ordinal)
            .Take(MaxVoices)
            .ToLookup(v => v.Statement.Stance is Stance.Accuse or Stance.Assess or Stance.Claim);
        var charges = voices[true]
            .GroupBy(v => (v.Speaker.Key, v.Target.Key))
            .Take(MaxCharges)
            .Select(g => new Charge([.. g]))
            .ToList();
        return [.. voices[false].Select(v => Best(v, charges)).OfType<Reply>()];
    }

    // Of several charges the one that is meant most surely; then the speaker's own, the one told beside it, the one told most, the earliest.
    private static Reply? Best(Voice voice, List<Charge> charges) =>
        charges
            .Where(c => c.Told[0].Report.PublishedAt <= voice.Report.PublishedAt)
            .Select(c => (Charge: c, Reason: ReasonOf(voice, c)))
            .Where(c => c.Reason is not null)
            .OrderByDescending(c => c.Charge.Speaker.Is(voice.Target))
            .ThenBy(c => c.Reason)
            .ThenByDescending(c => c.Charge.Speaker.Is(voice.Speaker))
            .ThenByDescending(c => c.Charge.Told.Any(t => t.Report.Id == voice.Report.Id))
            .ThenByDescending(c => c.Charge.Told.Count)
            .Select(c => new Reply
            {
                FromId = voice.Statement.Id,
                ToId = c.Charge.Told[0].Statement.Id,
                Reason = c.Reason!.Value,
            })
            .FirstOrDefault();

    private static ReplyReason? ReasonOf(Voice voice, Charge charge)
    {
        var stance = voice.Statement.Stance;
        var contests = stance is Stance.Deny or Stance.Refute or Stance.Deflect or Stance.Decline;
        var turns = stance is Stance.Condemn or Stance.Demand or Stance.Protest;
        var byAccused = voice.Speaker.Is(charge.Target);
        var byAccuser = voice.Speaker.Is(charge.Speaker);
        // Towards a third party it is about something else.
        var towardsOther = voice.Target.IsKnown && !voice.Target.Is(charge.Speaker) && !voice.Target.Is(charge.Target);
        return towardsOther || (contests && byAccuser) ? null
            : byAccused
                ? contests || (turns && voice.Target.Is(charge.Speaker))
                        ? voice.Speaker.IsSame(charge.Target) ? ReplyReason.Accused
                            : ReplyReason.StateOfAccused
                    : null
            : stance == Stance.Support && !byAccuser && voice.Target.Is(charge.Speaker) ? ReplyReason.WithAccuser
            : turns && voice.Target.Is(charge.Target) ? ReplyReason.ToAccused
            : (contests || (turns && !byAccuser) || stance == Stance.Support)
            && charge.Told.Take(MaxTold).Any(t => t.Shares(voice))
                ? ReplyReason.SameWords
            : null;
    }

    /// <summary>Who accuses whom, with all statements that tell it, the earliest first.</summary>
    private sealed record Charge(IReadOnlyList<Voice> Told)
    {
        internal Party Speaker => Told[0].Speaker;
        internal Party Target => Told[0].Target;
    }

    /// <summary>One side of a statement.</summary>
    private sealed record Party(long? Id, string? Code, string? Name)
    {
        /// <summary>A state and its government, ministries and embassies speak as one.</summary>
        internal string Key => Code ?? Id?.ToString(CultureInfo.InvariantCulture) ?? Name?.ToLowerInvariant() ?? "";

        internal bool IsKnown => Id is not null || Code is not null;

        internal bool IsSame(Party other) => Id is not null && Id == other.Id;

        internal bool Is(Party other) =>
            IsSame(other)
            || (Code is not null && Code == other.Code)
            || (!IsKnown && !other.IsKnown && Name is not null && Key == other.Key);
    }

    /// <summary>A statement with its sides and words.</summary>
    private sealed class Voice(Statement statement, MaterialReport report, IReadOnlyDictionary<long, string> codes)
    {
        private HashSet<string>? words;

        internal Statement Statement => statement;
        internal MaterialReport Report => report;

        internal Party Speaker { get; } =
            new(statement.SpeakerId, statement.SpeakerCountry ?? CodeOf(statement.SpeakerId, codes), statement.Speaker);

        internal Party Target { get; } = new(statement.TargetId, CodeOf(statement.TargetId, codes), statement.Target);

        internal bool Shares(Voice other)
        {
            var shared = Words.Count(other.Words.Contains);
            return shared >= LeastWords && shared >= LeastShare * Math.Min(Words.Count, other.Words.Count);
        }

        private HashSet<string> Words => words ??= ReportTerms.WordsOf(Sentence);

        // A version that was replaced meanwhile has other offsets; what of them lies outside gives no words.
        private string Sentence =>
            statement.SentenceStart <= report.Whole.Length - statement.SentenceLength
                ? report.Whole.Substring(statement.SentenceStart, statement.SentenceLength)
                : "";

        private static string? CodeOf(long? id, IReadOnlyDictionary<long, string> codes) =>
            id is { } known ? codes.GetValueOrDefault(known) : null;
    }
}
