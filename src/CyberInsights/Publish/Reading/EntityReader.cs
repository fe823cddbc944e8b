using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>What the page of an entity shows.</summary>
public sealed record EntityPage
{
    public required DateTimeOffset AsOf { get; init; }
    public required Entity Entity { get; init; }
    public required Trend Trend { get; init; }

    /// <summary>Other names, each a claim by its namer.</summary>
    public IReadOnlyList<EntityName> Names { get; init; } = [];

    /// <summary>The states said to stand behind it, each as a claim by its namer.</summary>
    public IReadOnlyList<EntitySponsor> Sponsors { get; init; } = [];

    /// <summary>What sources say of it when it is a vulnerability.</summary>
    public IReadOnlyList<ShownVulnerability> Vulnerabilities { get; init; } = [];

    /// <summary>Entities that reports tie it to, most often first.</summary>
    public IReadOnlyList<RelatedEntity> Related { get; init; } = [];

    /// <summary>What the reports of its newest events name besides it, by kind.</summary>
    public IReadOnlyList<RelatedEntity> Beside { get; init; } = [];

    /// <summary>Who names it as the initiator, and who is said to be hit; null when no report tells.</summary>
    public InitiatorRecord? Record { get; init; }

    /// <summary>The newest, the last told first.</summary>
    public required ListPage<EventLine> Events { get; init; }

    /// <summary>Statements it made, the newest first.</summary>
    public required ListPage<ShownStatement> Said { get; init; }

    /// <summary>Statements made towards it, the newest first.</summary>
    public required ListPage<ShownStatement> Heard { get; init; }
}

/// <summary>The lists of an entity that have pages of their own.</summary>
public enum EntityList
{
    Events,
    Said,
    Heard,
}

/// <summary>One page of a list of an entity: either events or statements.</summary>
public sealed record EntityListPage(
    DateTimeOffset AsOf,
    Entity Entity,
    EntityList List,
    ListPage<EventLine>? Events,
    ListPage<ShownStatement>? Statements
);

/// <summary>That a state stands behind an actor, as a claim.</summary>
/// <param name="Code">ISO 3166-1 alpha-2 of the state.</param>
/// <param name="State">The entity of the state; null while no report speaks of it.</param>
public sealed record EntitySponsor(string Code, string Namer, EntityLink? State)
{
    /// <summary>Where the namer says so; null for one whose place is not known here.</summary>
    public Uri? Address =>
        Namer switch
        {
            "MISP" => new Uri("https://www.misp-galaxy.org/threat-actor/"),
            "Microsoft" => new Uri("https://learn.microsoft.com/en-us/unified-secops/microsoft-threat-actor-naming"),
            "CFR" => new Uri("https://www.cfr.org/cyber-operations/"),
            _ => null,
        };
}

/// <summary>An entity that has to do with the one of the page.</summary>
/// <param name="Relation">How reports tie the two; null: they are named in the same events.</param>
/// <param name="Forth">Whether the relation runs from the entity of the page to this one.</param>
/// <param name="Count">How many reports tie them, or events name both.</param>
public sealed record RelatedEntity(EntityLink Link, EntityLinkKind? Relation, bool Forth, int Count);

/// <summary>Reads the page of an entity.</summary>
public sealed class EntityReader(
    Database database,
    AsOfReader asOfReader,
    EventLineReader events,
    StatementReader statements,
    TrendReader trends,
    VulnerabilityReader vulnerabilities,
    InitiatorReader initiators
)
{
    private const int EventsOfPage = 30;
    private const int EventsLookedAt = 100;
    private const int BesideOfKind = 8;

    // What stands beside an entity in the news of our field; persons and places would only fill the page.
    private static readonly int[] BesideKinds =
    [
        (int)EntityKind.Actor,
        (int)EntityKind.Malware,
        (int)EntityKind.Tool,
        (int)EntityKind.Vulnerability,
        (int)EntityKind.Product,
        (int)EntityKind.Sector,
        (int)EntityKind.Country,
        (int)EntityKind.Organisation,
    ];

    /// <summary>The entity alone.</summary>
    internal Task<Entity?> FindEntityAsync(string slug, CancellationToken cancel) =>
        database.FirstAsync<Entity>(
            "select id, kind, key, slug, name, code, description from entities where slug = @slug",
            new { slug },
            cancel
        );

    /// <summary>Null when there is no entity of this slug.</summary>
    public async Task<EntityPage?> FindAsync(string slug, CancellationToken cancel)
    {
        if (await FindEntityAsync(slug, cancel) is not { } entity)
        {
            return null;
        }
        var asOf = await asOfReader.ReadAsync(cancel);
        var excerpts = new Excerpts();
        return new EntityPage
        {
            AsOf = asOf,
            Entity = entity,
            Trend = await trends.OfAsync(entity.Id, entity.Name, $"/entities/{entity.Slug}", asOf, cancel),
            Names = await NamesAsync(entity, cancel),
            Sponsors = entity.Kind == EntityKind.Actor ? await SponsorsAsync(entity.Id, cancel) : [],
            Vulnerabilities =
                entity.Kind == EntityKind.Vulnerability ? await vulnerabilities.OfAsync(entity.Name, cancel) : [],
            Related = await RelatedAsync(entity.Id, cancel),
            Beside = await BesideAsync(entity.Id, cancel),
            Record = entity.Kind is EntityKind.Actor or EntityKind.Country
                ? await initiators.OfAsync(entity.Id, cancel)
                : null,
            Events = await events.OfEntityAsync(entity.Id, EventsOfPage, 1, cancel),
            Said = Limit(await statements.ByAsync(entity.Id, 1, cancel), excerpts),
            Heard = Limit(await statements.TowardsAsync(entity.Id, 1, cancel), excerpts),
        };
    }

    /// <summary>One page of one list; null when there is no entity of this slug.</summary>
    /// <param name="page">From 1 to <see cref="ListPage.Most"/>.</param>
    public async Task<EntityListPage?> ListAsync(string slug, EntityList list, int page, CancellationToken cancel)
    {
        if (await FindEntityAsync(slug, cancel) is not { } entity)
        {
            return null;
        }
        var told = list switch
        {
            EntityList.Said => await statements.ByAsync(entity.Id, page, cancel),
            EntityList.Heard => await statements.TowardsAsync(entity.Id, page, cancel),
            _ => null,
        };
        return new EntityListPage(
            await asOfReader.ReadAsync(cancel),
            entity,
            list,
            told is null ? await events.OfEntityAsync(entity.Id, EventsOfPage, page, cancel) : null,
            told is null ? null : Limit(told, new Excerpts())
        );
    }

    private static ListPage<ShownStatement> Limit(ListPage<ShownStatement> told, Excerpts excerpts) =>
        told with
        {
            Items = excerpts.Limit(told.Items),
        };

    private Task<IReadOnlyList<EntityName>> NamesAsync(Entity entity, CancellationToken cancel) =>
        database.QueryAsync<EntityName>(
            """
            select entity_id, name, namer from entity_names
            where entity_id = @Id and name <> @Name and namer <> '' order by name
            """,
            new { entity.Id, entity.Name },
            cancel
        );

    private async Task<IReadOnlyList<EntitySponsor>> SponsorsAsync(long entityId, CancellationToken cancel)
    {
        var claims = await database.QueryAsync<SponsorRow>(
            "select code, namer from entity_sponsors where entity_id = @entityId order by code, namer",
            new { entityId },
            cancel
        );
        var keys = claims.Select(c => c.StateKey).Distinct().ToArray();
        var states = (
            keys.Length == 0
                ? []
                : await database.QueryAsync<Entity>(
                    "select id, kind, key, slug, name, code, description from entities where key in @keys",
                    new { keys },
                    cancel
                )
        ).ToDictionary(s => s.Key, StringComparer.Ordinal);
        return [.. claims.Select(c => new EntitySponsor(c.Code, c.Namer, Link(states.GetValueOrDefault(c.StateKey))))];
    }

    private static EntityLink? Link(Entity? state) =>
        state is null
            ? null
            : new EntityLink
            {
                Id = state.Id,
                Kind = state.Kind,
                Slug = state.Slug,
                Name = state.Name,
                Code = state.Code,
            };

    private async Task<IReadOnlyList<RelatedEntity>> RelatedAsync(long entityId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<RelatedRow>(
            """
            select n.id, n.kind, n.slug, n.name, n.code, x.relation, x.forth, count(distinct x.report_id) as count
            from (select to_id as other_id, kind as relation, 1 as forth, report_id from entity_links where from_id = @entityId
                  union all select from_id, kind, 0, report_id from entity_links where to_id = @entityId) x
            join entities n on n.id = x.other_id where n.id <> @entityId
            group by n.id, n.kind, n.slug, n.name, n.code, x.relation, x.forth order by count desc, n.name limit 24
            """,
            new { entityId },
            cancel
        );
        return [.. rows.Select(r => r.Related)];
    }

    private async Task<IReadOnlyList<RelatedEntity>> BesideAsync(long entityId, CancellationToken cancel)
    {
        var rows = await database.QueryAsync<RelatedRow>(
            """
            select id, kind, slug, name, code, cast(null as integer) as relation, 1 as forth, count
            from (select n.id, n.kind, n.slug, n.name, n.code, x.count,
                         row_number() over (partition by n.kind order by x.count desc, n.name) as place
                  from (select b.entity_id, count(*) as count
                        from (select event_id from event_entities where entity_id = @entityId
                              order by last_told_at desc, event_id desc limit @EventsLookedAt) e
                        join event_entities b on b.event_id = e.event_id
                        where b.entity_id <> @entityId group by b.entity_id) x
                  join entities n on n.id = x.entity_id where +n.kind in @BesideKinds) y
            where place <= @BesideOfKind order by count desc, name
            """,
            new
            {
                entityId,
                EventsLookedAt,
                BesideKinds,
                BesideOfKind,
            },
            cancel
        );
        return
        [
            .. rows.GroupBy(r => r.Kind)
                .OrderBy(g => Array.IndexOf(BesideKinds, (int)g.Key))
                .SelectMany(g => g.Select(r => r.Related)),
        ];
    }

    private sealed record SponsorRow
    {
        public required string Code { get; init; }
        public required string Namer { get; init; }

        internal string StateKey => $"country:{Code.ToLowerInvariant()}";
    }

    private sealed record RelatedRow
    {
        public long Id { get; init; }
        public EntityKind Kind { get; init; }
        public required string Slug { get; init; }
        public required string Name { get; init; }
        public string? Code { get; init; }
        public EntityLinkKind? Relation { get; init; }
        public bool Forth { get; init; }
        public int Count { get; init; }

        internal RelatedEntity Related =>
            new(
                new EntityLink
                {
                    Id = Id,
                    Kind = Kind,
                    Slug = Slug,
                    Name = Name,
                    Code = Code,
                },
                Relation,
                Forth,
                Count
            );
    }
}
