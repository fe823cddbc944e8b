namespace CyberInsights;

/// <summary>How a tip is kept; the numbers are stored.</summary>
public enum Sealing
{
    /// <summary>As it came: no key of the desk is set.</summary>
    Open = 1,

    /// <summary>Encrypted by the server, which read it on its way.</summary>
    Here = 2,

    /// <summary>Encrypted in the reader's browser: the server never had it in the clear.</summary>
    Browser = 3,
}

/// <summary>What a reader says is wrong with a page; the numbers are stored.</summary>
public enum Fault
{
    /// <summary>A quotation is not what was said.</summary>
    Quotation = 1,

    /// <summary>Somebody else said it.</summary>
    Speaker = 2,

    /// <summary>Reports stand together that tell different things.</summary>
    Grouping = 3,

    /// <summary>An article of the desk errs.</summary>
    Article = 4,
    Other = 5,
}

/// <summary>That a reader says something is wrong with a page; it stands in the clear beside a message that may be sealed.</summary>
/// <param name="About">The page of this site: <c>/events/x</c>.</param>
public sealed record Objection(Fault Fault, string About);

/// <summary>A message from a reader to the desk, readable by the desk alone.</summary>
public sealed record Tip
{
    /// <summary>Drawn by lot: it tells neither time nor order.</summary>
    public long Id { get; init; }

    /// <summary>Days since 1970-01-01, UTC; more of the time is not kept.</summary>
    public required long Day { get; init; }
    public required Sealing Sealing { get; init; }

    /// <summary>A <see cref="Edit.TipText"/> as JSON when open, else the sealed message in base64url.</summary>
    public required string Body { get; init; }

    /// <summary>Null: the message objects to no page.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The page that it objects to.</summary>
    public string? About { get; init; }

    /// <summary>The day on which the desk had dealt with it; null: not yet.</summary>
    public long? DoneDay { get; init; }
}
