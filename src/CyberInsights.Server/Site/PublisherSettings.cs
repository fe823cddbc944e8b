namespace CyberInsights.Server.Site;

/// <summary>What an operator tells about who publishes the site. What is null is left out everywhere: nothing is made up for it.</summary>
public sealed record PublisherSettings
{
    /// <summary>Who owns the site and what it is paid from, in sentences for readers.</summary>
    public string? Ownership { get; init; }

    /// <summary>Who is responsible, separated by semicolons or ends of lines: <c>Ann Example, editor; Bo Example, analyst</c>.</summary>
    public string? Masthead { get; init; }

    /// <summary>What the law of the operator's country asks for: name, address, register; lines separated by semicolons or ends of lines.</summary>
    public string? Imprint { get; init; }

    /// <summary>The account in the fediverse to which shared pages are credited: <c>@news@social.example</c>.</summary>
    public string? Fediverse { get; init; }

    /// <summary>Whether accounts of the fediverse can follow the site itself (W3C ActivityPub).</summary>
    public bool ActivityPub { get; init; }

    /// <summary>Where flaws of the site are reported (RFC 9116): an https, mailto or tel address; null: there is no security.txt.</summary>
    public Uri? SecurityContact { get; init; }

    /// <summary>What reporters of flaws may expect.</summary>
    public Uri? SecurityPolicy { get; init; }

    /// <summary>The key to which reports may be encrypted.</summary>
    public Uri? SecurityKey { get; init; }

    /// <summary>Null: search engines are not told what was published.</summary>
    public string? IndexNowKey { get; init; }

    /// <summary>Whether the right to mine the site's text for training is reserved (Directive (EU) 2019/790, article 4.3).</summary>
    public bool MiningReserved { get; init; }

    /// <summary>Where a licence for mining can be had.</summary>
    public Uri? MiningPolicy { get; init; }

    /// <summary>The parts of a setting that lists several.</summary>
    internal static IReadOnlyList<string> Parts(string setting) =>
        setting.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
