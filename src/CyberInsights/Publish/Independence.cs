using CyberInsights.Text;

namespace CyberInsights.Publish;

/// <summary>
/// Which reports of one event are accounts of their own. Reports are joined into origins: copies with their original, agency texts
/// with their agency, republished and merely quoting ones with the outlet they name, and all others with their outlet and its
/// owner. An outlet that prints what others print too and later tells something of its own has two origins, so that the second counts.
/// Pure.
/// </summary>
internal sealed class Independence
{
    // A text that only links to another's report is a note on it as long as it is short.
    private const int NoteCharacters = 1500;

    private readonly IReadOnlyList<MaterialReport> reports;
    private readonly KnownOutlets outlets;
    private readonly ILookup<long, Statement> statements;
    private readonly ILookup<string, MaterialReport> byVoice;
    private readonly Dictionary<string, MaterialReport> byAddress;
    private readonly Dictionary<long, Credit> credits = [];
    private readonly Dictionary<string, string> parents = new(StringComparer.Ordinal);

    private Independence(DossierMaterial material)
    {
        outlets = material.Outlets;
        reports = [.. material.Reports.OrderBy(r => r.Backdated).ThenBy(r => r.ToldAt).ThenBy(r => r.Id)];
        statements = material.Statements.ToLookup(s => s.ReportId);
        byVoice = reports.ToLookup(Voice, StringComparer.Ordinal);
        byAddress = reports
            .Where(r => r.Address.Length > 0)
            .DistinctBy(r => Canonical(r.Address))
            .ToDictionary(r => Canonical(r.Address), StringComparer.Ordinal);
    }

    /// <summary>What each report rests on, in the order of telling: the first one told it first.</summary>
    internal static IReadOnlyList<ReportOrigin> Of(DossierMaterial material) => new Independence(material).Find();

    private List<ReportOrigin> Find()
    {
        foreach (var report in reports)
        {
            Join(report);
        }
        JoinLone();
        var origins = reports
            .GroupBy(r => Root(Node(r)), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList());
        return [.. reports.Select(r => Origin(r, origins[Root(Node(r))]))];
    }

    // Whoever alone prints an agency's text, or names an outlet that nobody else names, does not become two by it.
    private void JoinLone()
    {
        foreach (var together in reports.GroupBy(r => Root(Node(r)), StringComparer.Ordinal).ToList())
        {
            if (together.Select(Voice).Distinct().ToList() is [var voice])
            {
                Union(together.Key, voice);
            }
        }
    }

    private ReportOrigin Origin(MaterialReport report, List<MaterialReport> together)
    {
        // Whoever found it out stands for the origin, though another's account of it may have been read sooner.
        var first = together.Find(r => !credits.ContainsKey(r.Id)) ?? together[0];
        if (credits.TryGetValue(report.Id, out var credit))
        {
            return new ReportOrigin(report.Id, first.Id, credit.Reason, credit.Named);
        }
        return report == first ? new ReportOrigin(report.Id, first.Id, Dependence.None, null)
            : report.SourceId == first.SourceId
                ? new ReportOrigin(report.Id, first.Id, Dependence.SameSource, report.SourceName)
            : new ReportOrigin(report.Id, first.Id, Dependence.SameOwner, report.Owner);
    }

    private void Join(MaterialReport report)
    {
        if (report.OriginalId is { } original)
        {
            credits[report.Id] = new Credit(Dependence.Copy, outlets.NameOf(report.OriginId) ?? "");
            Union(
                Node(report),
                reports.FirstOrDefault(r => r.Id == original) is { } there
                    ? Node(there)
                    : outlets.VoiceOf(report.OriginId)
            );
        }
        else if (CreditOf(report) is { } credit)
        {
            credits[report.Id] = credit;
            Union(Node(report), TargetOf(credit));
        }
        else
        {
            Union(Node(report), Voice(report));
        }
    }

    private Credit? CreditOf(MaterialReport report)
    {
        var own = Voice(report);
        if (Credits.Wire(report.Author, report.Text) is { } agency && outlets.VoiceOf(agency) != own)
        {
            return new Credit(Dependence.Wire, agency);
        }
        // Whoever is a source of the first hand tells what it knows itself, whomever it names.
        if (report.FirstHand)
        {
            return null;
        }
        return Credits
                .Named(report.Text, outlets.Spellings)
                .Where(c => outlets.VoiceOf(c.Named) != own)
                .OrderBy(c => c.Reason)
                .FirstOrDefault(c =>
                    c.Reason == Dependence.Republished || !HasOwnSpeaker(report, outlets.VoiceOf(c.Named))
                )
            ?? Linked(report, own);
    }

    // A short text without a speaker of its own that links to one other outlet's report of the same event.
    private Credit? Linked(MaterialReport report, string own)
    {
        var linked = report
            .Links.Select(link => byAddress.GetValueOrDefault(Canonical(link)))
            .OfType<MaterialReport>()
            .Where(r => Voice(r) != own)
            .DistinctBy(Voice)
            .ToList();
        return report.Text.Length <= NoteCharacters && linked is [var one] && !HasOwnSpeaker(report, Voice(one))
            ? new Credit(Dependence.Quotes, one.SourceName)
            : null;
    }

    // Somebody with a name or with words, who speaks in no report of the outlet that is quoted. Where that outlet is not read, only
    // quotations tell whom a report has heard itself.
    private bool HasOwnSpeaker(MaterialReport report, string quoted)
    {
        var there = byVoice[quoted].SelectMany(r => statements[r.Id]).Select(s => s.Speaker);
        var known = there.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var read = byVoice[quoted].Any();
        return statements[report.Id]
            .Any(s =>
                (s.QuoteStart is not null || (read && IsNamed(s)))
                && !known.Contains(s.Speaker)
                && outlets.VoiceOf(s.Speaker) != quoted
            );
    }

    // "a forum user" is nobody in particular.
    private static bool IsNamed(Statement statement) =>
        statement.SpeakerId is not null || (statement.Speaker is [var first, ..] && !char.IsLower(first));

    private string TargetOf(Credit credit)
    {
        var voice = outlets.VoiceOf(credit.Named);
        return byVoice[voice].FirstOrDefault() is { } told ? Node(told) : voice;
    }

    private string Voice(MaterialReport report) => outlets.VoiceOf(report.SourceId);

    private static string Node(MaterialReport report) => $"report {report.Id}";

    private static string Canonical(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var whole) ? Addresses.Canonical(whole) : address;

    private string Root(string node)
    {
        while (parents.TryGetValue(node, out var parent))
        {
            node = parent;
        }
        return node;
    }

    private void Union(string one, string other)
    {
        var (from, to) = (Root(one), Root(other));
        if (from != to)
        {
            parents[from] = to;
        }
    }
}
