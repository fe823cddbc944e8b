namespace CyberInsights;

/// <summary>Why something was refused; turned into an exit code by the commands and into a status by the site.</summary>
public enum RefusalKind
{
    /// <summary>The person gave something unusable (exit code 2, HTTP 400).</summary>
    BadInput,

    /// <summary>What was asked for is not there (exit code 3, HTTP 404).</summary>
    NotFound,

    /// <summary>A setting is wrong (exit code 4, HTTP 500).</summary>
    BadSetting,

    /// <summary>The address or action is not allowed here (exit code 5, HTTP 403).</summary>
    NotAllowed,

    /// <summary>Database, disk or network is not usable now (exit code 6, HTTP 503).</summary>
    Unavailable,
}

/// <summary>
/// What a person can put right: one sentence with what happened, what it means and what to do. Thrown anywhere, turned into an
/// exit code or a status in one place; every other exception is a bug or a broken world.
/// </summary>
public sealed class RefusalException(RefusalKind kind, string sentence, Exception? cause = null)
    : Exception(sentence, cause)
{
    public RefusalKind Kind { get; } = kind;
}
