namespace CyberInsights.Net;

/// <summary>Why nothing could be fetched.</summary>
public enum FetchFailure
{
    /// <summary>The address, or where it leads, may not be fetched; nothing was sent there.</summary>
    Refused,

    /// <summary>The host's name has no address or cannot be looked up now.</summary>
    Name,
    Connection,

    /// <summary>Certificate or protocol of a secure connection.</summary>
    Tls,

    /// <summary>One of the times of <see cref="OutboundLimits"/> ran out.</summary>
    Timeout,
    TooLarge,

    /// <summary>A content coding that is unknown, stacked or broken.</summary>
    Encoding,

    /// <summary>What came is not HTTP, or breaks its rules.</summary>
    Protocol,

    /// <summary>The answer ended before it was complete.</summary>
    Truncated,

    /// <summary>Too many redirects, or one without a usable target.</summary>
    Redirect,

    /// <summary>A status that carries no document.</summary>
    Status,

    /// <summary>Sound or film, or an empty body: not a document.</summary>
    NotADocument,
}

/// <summary>What came of a fetch. All texts from the other side are bounded, on one line and free of control characters.</summary>
public abstract record FetchOutcome
{
    private FetchOutcome() { }

    /// <summary>The document, for a person who asked for it.</summary>
    /// <exception cref="RefusalException">The fetch gave none; the sentence is that of the outcome.</exception>
    /// <exception cref="System.Diagnostics.UnreachableException">The request had validators and nothing had changed.</exception>
    public Fresh OrRefuse() =>
        this switch
        {
            Fresh fresh => fresh,
            Throttled throttled => throw new RefusalException(RefusalKind.Unavailable, throttled.Sentence),
            Gone gone => throw new RefusalException(RefusalKind.NotFound, gone.Sentence),
            Failed failed => throw new RefusalException(
                failed.Refused ? RefusalKind.NotAllowed : RefusalKind.Unavailable,
                failed.Sentence
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>
    /// A whole document. <paramref name="PermanentAddress"/> is set when the publisher says, by permanent redirects alone, that the
    /// document has moved there for good. Validators are null when the body's completeness could not be checked.
    /// </summary>
    public sealed record Fresh(
        byte[] Body,
        string? ContentType,
        string? ETag,
        string? LastModified,
        Uri FinalAddress,
        Uri? PermanentAddress,
        int Status = 200
    ) : FetchOutcome
    {
        /// <summary>How long the publisher says that this answer stays good (RFC 9111, section 4.2.1): max-age, or Expires less Date; null when it does not say.</summary>
        public TimeSpan? MaxAge { get; init; }
    }

    /// <summary>The document that is already here is still the current one.</summary>
    public sealed record NotModified(Uri? PermanentAddress = null) : FetchOutcome
    {
        /// <inheritdoc cref="Fresh.MaxAge"/>
        public TimeSpan? MaxAge { get; init; }
    }

    /// <summary>
    /// 429 or 503: come back later, after <paramref name="RetryAfter"/> where the publisher named a time (already within
    /// <see cref="OutboundLimits.MinRetryAfter"/> and <see cref="OutboundLimits.MaxRetryAfter"/>).
    /// </summary>
    public sealed record Throttled(TimeSpan? RetryAfter, string Sentence, int Status) : FetchOutcome;

    /// <summary>410: the document is gone for good.</summary>
    public sealed record Gone(string Sentence) : FetchOutcome;

    /// <summary>Nothing usable; <paramref name="Sentence"/> says what happened, what it means and what to do.</summary>
    public sealed record Failed(string Sentence, FetchFailure Why, int? Status = null) : FetchOutcome
    {
        public bool Refused => Why == FetchFailure.Refused;
    }
}

/// <summary>Carries a failure from deep inside a fetch to where it becomes the outcome.</summary>
internal sealed class FetchFailedException : Exception
{
    internal FetchFailedException(FetchFailure why, string sentence, Exception? cause = null)
        : base(sentence, cause) => Outcome = new FetchOutcome.Failed(sentence, why);

    private FetchFailedException(FetchOutcome.Failed outcome, bool lacksAddress, Exception? cause)
        : base(outcome.Sentence, cause) => (Outcome, LacksAddress) = (outcome, lacksAddress);

    internal FetchOutcome.Failed Outcome { get; }

    /// <summary>The sentence begins with its verb: where the address is known, it is put in front.</summary>
    internal bool LacksAddress { get; }

    /// <summary>What the server at an address did, said without naming it: "sent an empty answer: ...".</summary>
    internal static FetchFailedException Answer(
        FetchFailure why,
        string predicate,
        int? status = null,
        Exception? cause = null
    ) => new(new FetchOutcome.Failed(predicate, why, status), lacksAddress: true, cause);
}
