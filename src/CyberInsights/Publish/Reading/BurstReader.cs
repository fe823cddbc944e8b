using CyberInsights.Storage;

namespace CyberInsights.Publish.Reading;

/// <summary>A burst as it was seen when it began, with the name of its subject.</summary>
public sealed record ShownBurst
{
    public required long Id { get; init; }
    public required long SubjectId { get; init; }

    /// <inheritdoc cref="Trend.Kind"/>
    public EntityKind? Kind { get; init; }
    public required string Name { get; init; }
    public required string Slug { get; init; }

    /// <inheritdoc cref="Burst.BeganAt"/>
    public required DateTimeOffset BeganAt { get; init; }

    /// <inheritdoc cref="Burst.Reports"/>
    public required int Reports { get; init; }

    /// <inheritdoc cref="Burst.Expected"/>
    public required double Expected { get; init; }

    /// <inheritdoc cref="Burst.PartOf"/>
    public long? PartOf { get; init; }

    /// <inheritdoc cref="Trend.Address"/>
    public string Address => Kind is null ? $"/topics/{Slug}" : $"/entities/{Slug}";

    /// <summary>Names of the subjects that burst as a part of it, the first to do so first.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}

/// <summary>Reads bursts.</summary>
public sealed class BurstReader(Database database)
{
    private const int Most = 200;

    /// <summary>Those going on at <paramref name="moment"/>, the last to begin first, parts with the burst they belong to.</summary>
    public async Task<IReadOnlyList<ShownBurst>> AtAsync(DateTimeOffset moment, CancellationToken cancel)
    {
        var going = await database.QueryAsync<ShownBurst>(
            """
            select b.id, b.subject_id, n.kind, coalesce(n.name, t.name) as name, coalesce(n.slug, t.slug) as slug,
                   b.began_at, b.reports, b.expected, b.part_of
            from bursts b left join entities n on n.id = b.subject_id left join topics t on t.id = b.subject_id
            where b.began_at <= @moment and (b.ended_at is null or b.ended_at > @moment)
            order by b.began_at desc, b.id desc limit @Most
            """,
            new { moment, Most },
            cancel
        );
        var ids = going.Select(b => b.Id).ToHashSet();
        var parts = going.Where(b => b.PartOf is { } whole && ids.Contains(whole)).ToLookup(b => b.PartOf);
        return
        [
            .. going
                .Where(b => b.PartOf is not { } whole || !ids.Contains(whole))
                .Select(b => b with { Parts = [.. parts[b.Id].Reverse().Select(p => p.Name)] }),
        ];
    }
}
