namespace CyberInsights;

/// <summary>Why a report is not counted as an account of its own; the numbers are stored in <c>report_origins.reason</c>.</summary>
public enum Dependence
{
    /// <summary>It is: nothing says that it tells what another found out.</summary>
    None = 0,

    /// <summary>Most of its text stands in another source's report.</summary>
    Copy = 1,

    /// <summary>Byline, dateline or signature name a news agency.</summary>
    Wire = 2,

    /// <summary>It says that its text was published elsewhere first.</summary>
    Republished = 3,

    /// <summary>It tells what another outlet reported, and nobody speaks in it whom that outlet does not quote.</summary>
    Quotes = 4,

    /// <summary>Another outlet of the same owner has told it.</summary>
    SameOwner = 5,

    /// <summary>The same outlet has told it.</summary>
    SameSource = 6,
}

/// <summary>What a report rests on.</summary>
/// <param name="OriginId">The report that told it first among those of the same origin; its own id when it is that one.</param>
/// <param name="Named">The agency, owner or outlet that the reason speaks of; null when there is none.</param>
internal sealed record ReportOrigin(long ReportId, long OriginId, Dependence Reason, string? Named);
