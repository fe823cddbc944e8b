namespace CyberInsights.Publish.Reading;

/// <summary>One statement as a page shows it. It exists only while its proof holds: every word in it was cut from the stored version.</summary>
public sealed record ShownStatement
{
    public required long Id { get; init; }
    public required Stance Stance { get; init; }
    public required string Speaker { get; init; }

    /// <summary>Null when the speaker is no entity.</summary>
    public string? SpeakerSlug { get; init; }
    public string? Role { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the state the speaker speaks for, EU, or null.</summary>
    public string? Country { get; init; }
    public string? Target { get; init; }
    public string? TargetSlug { get; init; }

    /// <summary>When the report that carries it was published.</summary>
    public required DateTimeOffset At { get; init; }
    public required ReportSource Source { get; init; }

    /// <summary>The speaker's words, at most <see cref="Excerpts.MaxCharacters"/>; null when the report quotes nothing.</summary>
    public string? Quote { get; init; }

    /// <summary>BCP 47, of <see cref="Quote"/>, or of <see cref="Sentence"/>; may be another than the report's.</summary>
    public required string Language { get; init; }

    /// <summary>Whether <see cref="Quote"/> is only the beginning.</summary>
    public bool QuoteCut { get; init; }

    /// <summary>The report's own words around a short quotation; null where the quotation speaks for itself.</summary>
    public string? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public string? After { get; init; }

    /// <summary>The report's own words where nothing is quoted; null when the excerpt limit of its source is used up.</summary>
    public string? Sentence { get; init; }
    public required Proof Proof { get; init; }

    /// <summary>What the claim says it rests on; null for a stance that claims nothing about who did it.</summary>
    public ClaimBasis? Basis { get; init; }

    /// <summary>Other reports that carry the same statement.</summary>
    public IReadOnlyList<ReportSource> AlsoIn { get; init; } = [];

    /// <summary>The stored ids of the same statement in those reports.</summary>
    public IReadOnlyList<long> AlsoAs { get; init; } = [];

    /// <summary>The accusation it replies to; null when none is known, and everywhere but on the page of its event.</summary>
    public ShownReply? RepliesTo { get; init; }

    /// <summary>What replies to it, oldest first; empty everywhere but on the page of its event.</summary>
    public IReadOnlyList<ShownReply> Replies { get; init; } = [];

    public required long EventId { get; init; }
    public required string EventSlug { get; init; }
    public required string EventTitle { get; init; }
    public required string EventLanguage { get; init; }
}

/// <summary>The other end of a reply: a statement on the same page.</summary>
public sealed record ShownReply
{
    public required long Id { get; init; }
    public required Stance Stance { get; init; }
    public required string Speaker { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ReplyReason Reason { get; init; }
}

/// <summary>Where the words stand in the stored version.</summary>
public sealed record Proof
{
    public required int Version { get; init; }
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>First character, counted from 1, and last, in title, line feed and text.</summary>
    public required int First { get; init; }
    public required int Last { get; init; }

    /// <summary>Characters of the whole stored version.</summary>
    public required int Total { get; init; }

    /// <summary>SHA-256 of the whole stored version, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }
}

/// <summary>A report as the source of something on a page.</summary>
public sealed record ReportSource
{
    public required long ReportId { get; init; }
    public required long SourceId { get; init; }
    public required string Name { get; init; }

    /// <summary>Of the report; null unless it is http or https.</summary>
    public Uri? Address { get; init; }

    /// <summary>BCP 47, of the report.</summary>
    public required string Language { get; init; }

    /// <summary>The address of something outside; null unless it is http or https and holds no user name.</summary>
    internal static Uri? Outgoing(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is ("http" or "https")
        && uri.UserInfo.Length == 0
            ? uri
            : null;
}
