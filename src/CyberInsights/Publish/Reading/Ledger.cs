namespace CyberInsights.Publish.Reading;

/// <summary>The statements of one event, side by side.</summary>
public static class Ledger
{
    /// <summary>Stances that put something on someone, the left column.</summary>
    public static IReadOnlyList<Stance> Charging { get; } = [Stance.Accuse, Stance.Assess, Stance.Claim];

    /// <summary>Stances that contest it, the right column.</summary>
    public static IReadOnlyList<Stance> Contesting { get; } =
    [Stance.Deny, Stance.Refute, Stance.Deflect, Stance.Decline, Stance.Retract];

    /// <summary>The others, in the order in which they are shown.</summary>
    public static IReadOnlyList<Stance> Reacting { get; } =
    [
        Stance.Confirm,
        Stance.Condemn,
        Stance.Support,
        Stance.Demand,
        Stance.Act,
        Stance.Protest,
        Stance.Warn,
        Stance.Report,
    ];

    private static readonly List<Stance> Order = [.. Charging, .. Contesting, .. Reacting];

    /// <summary>The place of a stance among all: charges, what contests them, reactions.</summary>
    public static int PlaceOf(Stance stance) => Order.IndexOf(stance);

    /// <summary>
    /// Six outlets that carry one statement make one entry with six sources: the same speaker and stance, and the same words, one
    /// quotation within the other, or no quotation. The earliest stays; it takes over a quotation it did not have.
    /// </summary>
    public static IReadOnlyList<ShownStatement> Merge(IReadOnlyList<ShownStatement> statements)
    {
        var merged = new List<ShownStatement>();
        foreach (var statement in statements)
        {
            var index = merged.FindIndex(m => Same(m, statement));
            if (index < 0)
            {
                merged.Add(statement);
            }
            else
            {
                merged[index] = Join(merged[index], statement);
            }
        }
        return merged;
    }

    /// <summary>The statements with what replies to what; a reply of which one end is not shown is left out.</summary>
    public static IReadOnlyList<ShownStatement> Link(
        IReadOnlyList<ShownStatement> statements,
        IReadOnlyList<Reply> replies
    )
    {
        var byId = statements
            .SelectMany(s => s.AlsoAs.Prepend(s.Id).Select(id => (Id: id, Statement: s)))
            .ToDictionary(x => x.Id, x => x.Statement);
        var ends = replies
            .Where(r => byId.ContainsKey(r.FromId) && byId.ContainsKey(r.ToId))
            .Select(r => (From: byId[r.FromId], To: byId[r.ToId], r.Reason))
            .OrderBy(r => r.From.At)
            .DistinctBy(r => r.From.Id)
            .ToList();
        var (to, from) = (ends.ToDictionary(r => r.From.Id), ends.ToLookup(r => r.To.Id));
        return
        [
            .. statements.Select(s =>
                s with
                {
                    RepliesTo = to.TryGetValue(s.Id, out var reply) ? End(reply.To, reply.Reason) : null,
                    Replies = [.. from[s.Id].Select(r => End(r.From, r.Reason))],
                }
            ),
        ];

        static ShownReply End(ShownStatement s, ReplyReason reason) =>
            new()
            {
                Id = s.Id,
                Stance = s.Stance,
                Speaker = s.Speaker,
                At = s.At,
                Reason = reason,
            };
    }

    private const int FromOneEvent = 2;

    /// <summary>Of many statements the <paramref name="count"/> to show first: quotations, one for each speaker, not all from one event; then by time.</summary>
    public static IReadOnlyList<ShownStatement> Choose(IReadOnlyList<ShownStatement> statements, int count) =>
        [
            .. Merge(statements)
                .OrderByDescending(s => s.Quote is not null)
                .ThenByDescending(s => s.At)
                .DistinctBy(s => (s.EventId, s.Speaker))
                .GroupBy(s => s.EventId)
                .SelectMany(g => g.Select((s, place) => (Statement: s, Late: place >= FromOneEvent)))
                .OrderBy(x => x.Late)
                .ThenByDescending(x => x.Statement.Quote is not null)
                .ThenByDescending(x => x.Statement.At)
                .Take(count)
                .Select(x => x.Statement)
                .OrderByDescending(s => s.At),
        ];

    private static bool Same(ShownStatement one, ShownStatement other) =>
        one.Stance == other.Stance
        && one.EventId == other.EventId
        && SameSpeaker(one, other)
        && (
            one.Quote is null
            || other.Quote is null
            || Key(one.Quote).Contains(Key(other.Quote), StringComparison.Ordinal)
            || Key(other.Quote).Contains(Key(one.Quote), StringComparison.Ordinal)
        );

    private static bool SameSpeaker(ShownStatement one, ShownStatement other) =>
        one.SpeakerSlug is not null && other.SpeakerSlug is not null
            ? one.SpeakerSlug == other.SpeakerSlug
            : string.Equals(one.Speaker, other.Speaker, StringComparison.OrdinalIgnoreCase);

    private static ShownStatement Join(ShownStatement kept, ShownStatement added)
    {
        var (shown, other) =
            (added.Quote?.Length ?? 0) > (kept.Quote?.Length ?? 0)
                ? (added with { At = Earlier(kept.At, added.At) }, kept)
                : (kept, added);
        return shown with
        {
            Role = shown.Role ?? other.Role,
            Country = shown.Country ?? other.Country,
            Target = shown.Target ?? other.Target,
            Basis = shown.Basis > other.Basis ? shown.Basis : other.Basis ?? shown.Basis,
            TargetSlug = shown.TargetSlug ?? other.TargetSlug,
            AlsoAs = [.. kept.AlsoAs, .. added.AlsoAs, other.Id],
            AlsoIn =
            [
                .. kept
                    .AlsoIn.Concat(added.AlsoIn)
                    .Append(other.Source)
                    .Where(s => s.ReportId != shown.Source.ReportId)
                    .DistinctBy(s => s.ReportId),
            ],
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string Key(string quote) =>
        new([.. quote.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
