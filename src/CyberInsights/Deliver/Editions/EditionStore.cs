using System.Globalization;
using System.Text.Json;
using CyberInsights.Storage;

namespace CyberInsights.Deliver.Editions;

/// <summary>What a person makes of an edition: the order, what is left out, the words.</summary>
public sealed record EditionEdit
{
    /// <summary>Keys of events, articles and trends in the order of showing; one that is not named follows in its old order.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Keys of what is left out.</summary>
    public IReadOnlyCollection<string> LeftOut { get; init; } = [];

    /// <summary>By language (BCP 47).</summary>
    public IReadOnlyDictionary<string, EditionText> Texts { get; init; } = new Dictionary<string, EditionText>();
}

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
    public static async Task<bool> RefreshAsync(
        Transaction t,
        Edition edition,
        ComposedEdition composed,
        CancellationToken cancel
    )
    {
        var known = Keys(edition.Content).ToList();
        var content = Arranged(
            composed.Content,
            [.. known.Select(k => k.Key)],
            [.. known.Where(k => k.LeftOut).Select(k => k.Key)]
        );
        return await ChangeAsync(
            t,
            edition.Id,
            edition.Revision,
            "since = @Since, until = @Until, content = @content, items = @items",
            new
            {
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
        foreach (var (language, text) in edit.Texts)
        {
            Check(language, text);
        }
        var content = Arranged(edition.Content, edit.Order, edit.LeftOut);
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

    private static void Check(string language, EditionText text)
    {
        if (text.Subject.Length > MaxSubject || text.Subject.Any(char.IsControl))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The subject in '{language}' is more than one line of {MaxSubject} characters: nothing was saved. Shorten it."
            );
        }
        if (text.Intro.Length > MaxIntro)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The introduction in '{language}' has {text.Intro.Length} characters, and {MaxIntro} are the most: nothing was saved. Shorten it."
            );
        }
    }

    private static EditionContent Arranged(
        EditionContent content,
        IReadOnlyList<string> order,
        IReadOnlyCollection<string> leftOut
    )
    {
        var places = order.Distinct().Select((key, place) => (key, place)).ToDictionary(p => p.key, p => p.place);
        return content with
        {
            Events =
            [
                .. content.Events.OrderBy(e => Place(e.Key)).Select(e => e with { LeftOut = leftOut.Contains(e.Key) }),
            ],
            Articles =
            [
                .. content
                    .Articles.OrderBy(a => Place(a.Key))
                    .Select(a => a with { LeftOut = leftOut.Contains(a.Key) }),
            ],
            Trends =
            [
                .. content.Trends.OrderBy(r => Place(r.Key)).Select(r => r with { LeftOut = leftOut.Contains(r.Key) }),
            ],
        };

        int Place(string key) => places.GetValueOrDefault(key, int.MaxValue);
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
        CancellationToken cancel
    )
    {
        var day = string.Create(
            CultureInfo.InvariantCulture,
            $"{until.UtcDateTime:yyyy-MM-dd}-{frequency.ToString().ToLowerInvariant()}"
        );
        var taken = (
            await t.QueryAsync<string>(
                "select slug from editions where slug = @day or slug like @more",
                new { day, more = $"{day}-%" },
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
