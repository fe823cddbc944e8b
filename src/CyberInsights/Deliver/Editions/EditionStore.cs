using System.Globalization;
using System.Text.Json;
using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>
/// The editions. What changes one takes a transaction, so that whoever calls it can write down in the same one who did it, and the revision
/// that the person saw: false means that somebody was faster, or that it goes out already, and nothing was changed.
/// </summary>
public sealed class EditionStore(Database database)
{
    /// <summary>Characters of a subject.</summary>
    public const int MaxSubject = 150;

    /// <summary>Characters of an introduction in Markdown.</summary>
    public const int MaxIntro = 5000;

    private const string Columns =
        "id, slug, frequency, state, since, until, send_at, sent_at, revision, content as content_json, texts as texts_json";

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Edition>> NewestAsync(int count, CancellationToken cancel) =>
        await ManyAsync("order by id desc limit @count", new { count }, cancel);

    /// <summary>Null when there is none.</summary>
    public async Task<Edition?> FindAsync(long id, CancellationToken cancel) =>
        (await ManyAsync("where id = @id", new { id }, cancel)).SingleOrDefault();

    /// <summary>The newest draft of a frequency; null when there is none.</summary>
    /// <param name="ofClock">Only one that the clock composed.</param>
    internal async Task<Edition?> DraftAsync(Frequency frequency, bool ofClock, CancellationToken cancel) =>
        (
            await ManyAsync(
                $"where frequency = @frequency and state = @draft {(ofClock ? "and slot_at is not null" : "")} order by id desc limit 1",
                new { frequency, draft = EditionState.Draft },
                cancel
            )
        ).SingleOrDefault();

    /// <summary>Whether an edition was composed for this hour or a later one.</summary>
    internal async Task<bool> HasSlotAsync(Frequency frequency, DateTimeOffset slot, CancellationToken cancel) =>
        await database.FirstAsync<long>(
            "select count(*) from editions where frequency = @frequency and slot_at >= @slot",
            new { frequency, slot },
            cancel
        ) > 0;

    /// <summary>What went out, the newest first; editions with nothing in them did not.</summary>
    public async Task<IReadOnlyList<Edition>> ShownAsync(int count, CancellationToken cancel) =>
        await ManyAsync(
            "where state >= @sending and items > 0 order by until desc, id desc limit @count",
            new { sending = EditionState.Sending, count },
            cancel
        );

    /// <summary>Null when none of this slug went out.</summary>
    public async Task<Edition?> FindShownAsync(string slug, CancellationToken cancel) =>
        (
            await ManyAsync(
                "where slug = @slug and state >= @sending and items > 0",
                new { slug, sending = EditionState.Sending },
                cancel
            )
        ).SingleOrDefault();

    /// <summary>Scheduled editions whose time has come.</summary>
    internal async Task<IReadOnlyList<Edition>> DueAsync(DateTimeOffset now, CancellationToken cancel) =>
        await ManyAsync(
            "where state = @scheduled and send_at <= @now order by send_at, id",
            new { scheduled = EditionState.Scheduled, now },
            cancel
        );

    /// <summary>A new edition; a draft unless it is to go out.</summary>
    /// <param name="slotAt">The hour it was composed for by the clock; null: a person composed it.</param>
    /// <param name="sendAt">Null: it waits for a person.</param>
    /// <returns>Its id; null when there is one for that hour.</returns>
    public static async Task<long?> AddAsync(
        Transaction t,
        Frequency frequency,
        ComposedEdition composed,
        DateTimeOffset? slotAt,
        DateTimeOffset? sendAt,
        CancellationToken cancel
    )
    {
        var id = t.NextId();
        return await t.FirstAsync<long?>(
            """
            insert into editions (id, slug, frequency, slot_at, state, since, until, send_at, revision, content, items, texts)
            values (@id, @slug, @frequency, @slotAt, @state, @Since, @Until, @sendAt, 1, @content, @items, '{}')
            on conflict do nothing returning id
            """,
            new
            {
                id,
                slug = await SlugAsync(t, frequency, composed.Until, cancel),
                frequency,
                slotAt,
                state = sendAt is null ? EditionState.Draft : EditionState.Scheduled,
                composed.Since,
                composed.Until,
                sendAt,
                content = composed.Content.ToJson(),
                items = Items(composed.Content),
            },
            cancel
        );
    }

    /// <summary>Chooses anew for a draft; its words stay, and so do the places and absences of what is still in it.</summary>
    /// <param name="slotAt">The hour for which the clock does it; null: a person does.</param>
    public static async Task<bool> RefreshAsync(
        Transaction t,
        Edition edition,
        ComposedEdition composed,
        DateTimeOffset? slotAt,
        CancellationToken cancel
    )
    {
        var known = Keys(edition.Content).ToList();
        var content = new EditionEdit
        {
            Order = [.. known.Select(k => k.Key)],
            LeftOut = [.. known.Where(k => k.LeftOut).Select(k => k.Key)],
        }.Arranged(composed.Content);
        return await ChangeAsync(
            t,
            edition.Id,
            edition.Revision,
            "slug = @slug, slot_at = coalesce(@slotAt, slot_at), since = @Since, until = @Until, content = @content, items = @items",
            new
            {
                slug = await SlugAsync(t, edition.Frequency, composed.Until, cancel, edition.Id),
                slotAt,
                composed.Since,
                composed.Until,
                content = content.ToJson(),
                items = Items(content),
            },
            cancel
        );
    }

    /// <exception cref="RefusalException">A subject or an introduction is too long, or a subject more than one line.</exception>
    public static async Task<bool> EditAsync(Transaction t, Edition edition, EditionEdit edit, CancellationToken cancel)
    {
        edit.Check();
        var content = edit.Arranged(edition.Content);
        return await ChangeAsync(
            t,
            edition.Id,
            edition.Revision,
            "content = @content, items = @items, texts = @texts",
            new
            {
                content = content.ToJson(),
                items = Items(content),
                texts = JsonSerializer.Serialize(edit.Texts, EditionJson.Default.IReadOnlyDictionaryStringEditionText),
            },
            cancel
        );
    }

    /// <summary>Lets it go out at a moment; one in the past means at once.</summary>
    public static async Task<bool> ScheduleAsync(
        Transaction t,
        long id,
        int revision,
        DateTimeOffset sendAt,
        CancellationToken cancel
    ) =>
        await ChangeAsync(
            t,
            id,
            revision,
            "state = @state, send_at = @sendAt",
            new { state = EditionState.Scheduled, sendAt },
            cancel
        );

    /// <summary>Makes a scheduled edition a draft again.</summary>
    public static async Task<bool> HoldAsync(Transaction t, long id, int revision, CancellationToken cancel) =>
        await ChangeAsync(
            t,
            id,
            revision,
            "state = @state, send_at = null",
            new { state = EditionState.Draft },
            cancel
        );

    /// <summary>Throws away what has not gone out.</summary>
    public static async Task<bool> DropAsync(Transaction t, long id, int revision, CancellationToken cancel) =>
        await t.ExecuteAsync(
            "delete from editions where id = @id and revision = @revision and state < @sending",
            new
            {
                id,
                revision,
                sending = EditionState.Sending,
            },
            cancel
        ) > 0;

    /// <summary>Throws away drafts that tell of nothing after <paramref name="before"/>.</summary>
    /// <returns>Their ids and slugs.</returns>
    internal static async Task<IReadOnlyList<(long Id, string Slug)>> ExpireAsync(
        Transaction t,
        DateTimeOffset before,
        CancellationToken cancel
    ) =>
        [
            .. (
                await t.QueryAsync<ExpiredRow>(
                    "delete from editions where state = @draft and until < @before returning id, slug",
                    new { draft = EditionState.Draft, before },
                    cancel
                )
            ).Select(r => (r.Id, r.Slug)),
        ];

    private static async Task<bool> ChangeAsync(
        Transaction t,
        long id,
        int revision,
        string set,
        object values,
        CancellationToken cancel
    )
    {
        var arguments = new Dapper.DynamicParameters(values);
        arguments.AddDynamicParams(
            new
            {
                id,
                revision,
                sending = EditionState.Sending,
            }
        );
        return await t.ExecuteAsync(
                $"update editions set {set}, revision = revision + 1 where id = @id and revision = @revision and state < @sending",
                arguments,
                cancel
            ) > 0;
    }

    private static int Items(EditionContent content) =>
        content.Events.Count(e => !e.LeftOut) + content.Articles.Count(a => !a.LeftOut);

    private static IEnumerable<(string Key, bool LeftOut)> Keys(EditionContent content) =>
        content
            .Events.Select(e => (e.Key, e.LeftOut))
            .Concat(content.Articles.Select(a => (a.Key, a.LeftOut)))
            .Concat(content.Trends.Select(r => (r.Key, r.LeftOut)));

    private static async Task<string> SlugAsync(
        Transaction t,
        Frequency frequency,
        DateTimeOffset until,
        CancellationToken cancel,
        long own = 0
    )
    {
        var day = string.Create(
            CultureInfo.InvariantCulture,
            $"{until.UtcDateTime:yyyy-MM-dd}-{frequency.ToString().ToLowerInvariant()}"
        );
        var taken = (
            await t.QueryAsync<string>(
                "select slug from editions where (slug = @day or slug like @more) and id <> @own",
                new
                {
                    day,
                    more = $"{day}-%",
                    own,
                },
                cancel
            )
        ).ToHashSet();
        var slug = day;
        for (var number = 2; taken.Contains(slug); number++)
        {
            slug = string.Create(CultureInfo.InvariantCulture, $"{day}-{number}");
        }
        return slug;
    }

    private async Task<IReadOnlyList<Edition>> ManyAsync(string rest, object arguments, CancellationToken cancel) =>
        [
            .. (
                await database.QueryAsync<EditionRow>($"select {Columns} from editions {rest}", arguments, cancel)
            ).Select(r => r.Edition),
        ];

    private sealed record ExpiredRow
    {
        public long Id { get; init; }
        public required string Slug { get; init; }
    }

    private sealed record EditionRow
    {
        public long Id { get; init; }
        public required string Slug { get; init; }
        public Frequency Frequency { get; init; }
        public EditionState State { get; init; }
        public DateTimeOffset Since { get; init; }
        public DateTimeOffset Until { get; init; }
        public DateTimeOffset? SendAt { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public int Revision { get; init; }
        public required string ContentJson { get; init; }
        public required string TextsJson { get; init; }

        internal Edition Edition =>
            new()
            {
                Id = Id,
                Slug = Slug,
                Frequency = Frequency,
                State = State,
                Since = Since,
                Until = Until,
                SendAt = SendAt,
                SentAt = SentAt,
                Revision = Revision,
                Content = EditionContent.Parse(ContentJson),
                Texts =
                    JsonSerializer.Deserialize(TextsJson, EditionJson.Default.IReadOnlyDictionaryStringEditionText)
                    ?? new Dictionary<string, EditionText>(),
            };
    }
}
