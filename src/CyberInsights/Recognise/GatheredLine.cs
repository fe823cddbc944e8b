using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>A name as the corpora give it.</summary>
/// <param name="Namer">Empty when not known.</param>
/// <param name="NeedsContext">Whether it is also an ordinary word, or the name of something of another kind.</param>
internal sealed record GatheredName(string Name, string Namer, bool NeedsContext);

/// <summary>A line of <c>knowledge.tsv</c>, the file that <c>make knowledge</c> writes from the corpora.</summary>
internal sealed record GatheredLine
{
    internal required EntityKind Kind { get; init; }
    internal required string Name { get; init; }
    internal string? Country { get; init; }
    internal bool IsResearcher { get; init; }
    internal required IReadOnlyList<SponsorClaim> Sponsors { get; init; }
    internal required IReadOnlyList<GatheredName> Names { get; init; }

    internal static IEnumerable<GatheredLine> Read() => ListFile.Read("knowledge.tsv", 5).Select(Of);

    private static GatheredLine Of(string[] fields) =>
        new()
        {
            Kind = KindOf(fields[0]),
            Name = fields[1],
            Country = fields[2].Length == 0 ? null : fields[2],
            IsResearcher = fields[0] == "researcher",
            Sponsors =
            [
                .. ListFile.Words(fields[3]).Select(w => w.Split('=')).Select(w => new SponsorClaim(w[0], w[1])),
            ],
            Names = [.. ListFile.Words(fields[4]).Select(NameOf)],
        };

    private static EntityKind KindOf(string word) =>
        word switch
        {
            "actor" => EntityKind.Actor,
            "malware" => EntityKind.Malware,
            "tool" => EntityKind.Tool,
            "product" => EntityKind.Product,
            "country" => EntityKind.Country,
            "capital" => EntityKind.Place,
            _ => EntityKind.Organisation,
        };

    private static GatheredName NameOf(string field)
    {
        var parts = field.TrimStart('?').Split('=', 2);
        return new GatheredName(parts[0], parts.Length > 1 ? parts[1] : "", field[0] == '?');
    }

    /// <summary>The entity, with its names as claims of their namers.</summary>
    internal EntityDraft Draft() =>
        Knowledge.Draft(
            Kind,
            Kind == EntityKind.Country ? Country!.ToLowerInvariant() : Folding.Slug(Name),
            Name,
            Country
        ) with
        {
            Names = Kind is EntityKind.Country or EntityKind.Place
                ? []
                : [.. Names.Select(n => new EntityName(n.Name, n.Namer))],
            Sponsors = Sponsors,
        };
}
