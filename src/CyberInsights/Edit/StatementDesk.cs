using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>What a person says that a statement is.</summary>
/// <param name="Speaker">Who speaks, by name; 1 to 200 characters.</param>
/// <param name="Role">Office or capacity; empty: none.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or EU; empty: for no state.</param>
/// <param name="Target">Who or what it is about; empty: nothing.</param>
/// <param name="Sentence">The sentence of the report that says it, letter for letter.</param>
/// <param name="Quote">The quoted words of it, letter for letter; empty: nothing is quoted.</param>
public sealed record StatementWish(
    string Speaker,
    string Role,
    string Country,
    Stance Stance,
    string Target,
    string Sentence,
    string Quote
);

/// <summary>What members do with statements: accept, reject, correct, take back. Each is one transaction with its entries in the audit log and in <c>statement_reviews</c>.</summary>
public sealed class StatementDesk(Database database)
{
    /// <summary>The most statements that are judged at once.</summary>
    public const int MaxAtOnce = 200;
    private const int MaxName = 200;

    /// <summary>Accepts statements, so that readers see them, or rejects them.</summary>
    /// <returns>The operation, for <see cref="UndoAsync"/>.</returns>
    /// <exception cref="RefusalException">One is not there or proven no more, or none or too many were named; nothing was changed.</exception>
    public Task<long> DecideAsync(
        IReadOnlyCollection<long> ids,
        bool accept,
        Member member,
        string why,
        CancellationToken cancel
    ) =>
        ids.Count is 0 or > MaxAtOnce
            ? throw new RefusalException(
                RefusalKind.BadInput,
                $"{ids.Count} statements were chosen: nothing was changed. Choose 1 to {MaxAtOnce}."
            )
            : database.WriteAsync(
                async t =>
                {
                    long operation = 0;
                    foreach (var id in ids.Distinct().Order())
                    {
                        var reportId = await ReportOfAsync(t, id, cancel);
                        var (was, became) =
                            await StatementStore.DecideAsync(t, id, accept, cancel) ?? throw NotThere(id);
                        if (accept)
                        {
                            await StatementProof.CheckAsync(t, reportId, became, cancel);
                        }
                        var deed = DeedOf(accept ? "statement.accept" : "statement.reject", id, became, why);
                        operation = await AddAsync(t, member, deed, operation, id, reportId, was, became, cancel);
                    }
                    return operation;
                },
                cancel
            );

    /// <summary>Corrects a statement and accepts what it is now; its words are looked for in the stored version anew.</summary>
    /// <returns>The operation, for <see cref="UndoAsync"/>.</returns>
    /// <exception cref="RefusalException">There is no such statement, or the words do not stand in the report; nothing was changed.</exception>
    public Task<long> CorrectAsync(long id, StatementWish wish, Member member, string why, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var reportId = await ReportOfAsync(t, id, cancel);
                var was = await StatementStore.ReadAsync(t, id, cancel) ?? throw NotThere(id);
                var placed = await StatementProof.PlaceAsync(t, reportId, was, wish.Sentence, wish.Quote, cancel);
                var became = await StatementStore.WriteAsync(
                    t,
                    id,
                    await NamedAsync(t, placed, Checked(wish), cancel) with
                    {
                        State = StatementState.Shown,
                        DecidedAt = t.Now,
                    },
                    cancel
                );
                var deed = DeedOf("statement.correct", id, became, why);
                return await AddAsync(t, member, deed, 0, id, reportId, was, became, cancel);
            },
            cancel
        );

    /// <summary>Takes back all that was done at once: each statement is again what it was before.</summary>
    /// <exception cref="RefusalException">It was taken back, somebody judged one of them later, or its report was edited since; nothing was changed.</exception>
    public Task UndoAsync(long operation, Member member, string why, CancellationToken cancel) =>
        database.WriteAsync(
            async t =>
            {
                var reviews = await t.QueryAsync<StoredReview>(
                    "select id, statement_id, was, became from statement_reviews where operation = @operation and undone_by is null order by id",
                    new { operation },
                    cancel
                );
                if (reviews.Count == 0)
                {
                    throw new RefusalException(
                        RefusalKind.NotFound,
                        "There is nothing to take back: it was taken back already, or it never was. Look at the history of the statement."
                    );
                }
                foreach (var review in reviews)
                {
                    await UndoAsync(t, review, member, why, cancel);
                }
            },
            cancel
        );

    private static async Task UndoAsync(
        Transaction t,
        StoredReview review,
        Member member,
        string why,
        CancellationToken cancel
    )
    {
        var (was, became) = (StatementCoding.FromJson(review.Was), StatementCoding.FromJson(review.Became));
        var now = await StatementStore.ReadAsync(t, review.StatementId, cancel) ?? throw NotThere(review.StatementId);
        if (now != became)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The statement of {now.Speaker} was judged again later, or its report was edited, so this cannot be taken back. Nothing was changed. Open it and judge it anew."
            );
        }
        await StatementStore.WriteAsync(t, review.StatementId, was, cancel);
        var deed = DeedOf("statement.undo", review.StatementId, was, why) with { Undoes = review.Id };
        var entry = await AuditLog.AddAsync(t, member, deed, cancel);
        await t.ExecuteAsync(
            "update statement_reviews set undone_by = @entry where id = @Id",
            new { entry, review.Id },
            cancel
        );
    }

    private static async Task<long> AddAsync(
        Transaction t,
        Member member,
        Deed deed,
        long operation,
        long statementId,
        long reportId,
        StatementCoding was,
        StatementCoding became,
        CancellationToken cancel
    )
    {
        var detail = $$"""{"was":{{was.ToJson()}},"became":{{became.ToJson()}}}""";
        var id = await AuditLog.AddAsync(t, member, deed with { Detail = detail }, cancel);
        var first = operation == 0 ? id : operation;
        await t.ExecuteAsync(
            """
            insert into statement_reviews (id, operation, statement_id, report_id, was, became)
            values (@id, @first, @statementId, @reportId, @was, @became)
            """,
            new
            {
                id,
                first,
                statementId,
                reportId,
                was = was.ToJson(),
                became = became.ToJson(),
            },
            cancel
        );
        return first;
    }

    private static Deed DeedOf(string action, long id, StatementCoding coding, string why) =>
        new(
            action,
            "statement",
            $"{id}",
            $"{coding.Speaker}: {coding.Stance.ToString().ToLowerInvariant()}{(coding.Target is null ? "" : $" ({coding.Target})")}"
        )
        {
            Reason = why,
        };

    private static StatementWish Checked(StatementWish wish) =>
        wish.Speaker.Length is 0 or > MaxName || wish.Role.Length > MaxName || wish.Target.Length > MaxName
            ? throw new RefusalException(
                RefusalKind.BadInput,
                $"A speaker has a name of 1 to {MaxName} characters, a role and a target at most as many. Nothing was changed. Write them shorter, or name the speaker."
            )
        : !Enum.IsDefined(wish.Stance)
            ? throw new RefusalException(
                RefusalKind.BadInput,
                "There is no such stance. Nothing was changed. Choose one of the list."
            )
        : wish.Country.Length is not (0 or 2) || wish.Country.Any(c => !char.IsAsciiLetterUpper(c))
            ? throw new RefusalException(
                RefusalKind.BadInput,
                $"“{wish.Country}” is no code of a state. Nothing was changed. Write two capital letters (ISO 3166-1), EU, or nothing."
            )
        : wish;

    // A name that an entity has is that entity.
    private static async Task<StatementCoding> NamedAsync(
        Transaction t,
        StatementCoding coding,
        StatementWish wish,
        CancellationToken cancel
    ) =>
        coding with
        {
            Stance = wish.Stance,
            Speaker = wish.Speaker,
            SpeakerId = wish.Speaker == coding.Speaker ? coding.SpeakerId : await EntityAsync(t, wish.Speaker, cancel),
            SpeakerRole = wish.Role.Length == 0 ? null : wish.Role,
            SpeakerCountry = wish.Country.Length == 0 ? null : wish.Country,
            Target = wish.Target.Length == 0 ? null : wish.Target,
            TargetId = wish.Target == coding.Target ? coding.TargetId : await EntityAsync(t, wish.Target, cancel),
        };

    private static Task<long?> EntityAsync(Transaction t, string name, CancellationToken cancel) =>
        t.FirstAsync<long?>(
            """
            select id from entities where name = @name
            union all select entity_id from entity_names where name = @name order by 1 limit 1
            """,
            new { name },
            cancel
        );

    private static async Task<long> ReportOfAsync(Transaction t, long id, CancellationToken cancel) =>
        await t.FirstAsync<long?>("select report_id from statements where id = @id", new { id }, cancel)
        ?? throw NotThere(id);

    private static RefusalException NotThere(long id) =>
        new(
            RefusalKind.NotFound,
            $"There is no statement {id} any more: its report was edited or recognised anew. Nothing was changed. Look for it in the queue."
        );

    private sealed record StoredReview
    {
        public required long Id { get; init; }
        public required long StatementId { get; init; }
        public required string Was { get; init; }
        public required string Became { get; init; }
    }
}
