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
    public IReadOnlyList<EventLine> Events { get; init; } = [];

    /// <summary>Statements it made, newest first.</summary>
    public IReadOnlyList<ShownStatement> Said { get; init; } = [];

    /// <summary>Statements made towards it, newest first.</summary>
    public IReadOnlyList<ShownStatement> Heard { get; init; } = [];
}

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

/// <summary>An entity and how many reports tie it to the one of the page.</summary>
public sealed record RelatedEntity(EntityLink Link, int Reports);

/// <summary>Reads the page of an entity.</summary>
public sealed class EntityReader(
    Database database,
    AsOfReader asOfReader,
    EventLineReader events,
    StatementReader statements,
    TrendReader trends,
    VulnerabilityReader vulnerabilities
)
{
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
            Events = await events.OfEntityAsync(entity.Id, 30, cancel),
            Said = excerpts.Limit(await statements.ByAsync(entity.Id, cancel)),
            Heard = excerpts.Limit(await statements.TowardsAsync(entity.Id, cancel)),
        };
    }

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
            select n.id, n.kind, n.slug, n.name, n.code, count(distinct l.report_id) as reports
            from entity_links l
            join entities n on n.id = case when l.from_id = @entityId then l.to_id else l.from_id end
            where l.from_id = @entityId or l.to_id = @entityId
            group by n.id, n.kind, n.slug, n.name, n.code order by reports desc, n.name limit 20
            """,
            new { entityId },
            cancel
        );
        return [.. rows.Select(r => r.Related)];
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
        public int Reports { get; init; }

        public RelatedEntity Related =>
            new(
                new EntityLink
                {
                    Id = Id,
                    Kind = Kind,
                    Slug = Slug,
                    Name = Name,
                    Code = Code,
                },
                Reports
            );
    }
}
