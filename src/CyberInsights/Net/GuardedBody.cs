using MimeKit;
using MimeKit.IO;

namespace CyberInsights.Net;

/// <summary>
/// The body of a mail that asks once more before its last line: until the line with the dot is sent, a server has to throw away what it got
/// (RFC 5321, section 4.1.1.4).
/// </summary>
public sealed class GuardedBody : MultipartAlternative
{
    /// <summary>Whether the mail may be ended; null: it may, as when it is only signed or measured.</summary>
    internal Func<CancellationToken, Task<bool>>? MayEnd { get; set; }

    /// <inheritdoc/>
    public override async Task WriteToAsync(
        FormatOptions options,
        Stream stream,
        bool contentOnly,
        CancellationToken cancellationToken = default
    )
    {
        await base.WriteToAsync(options, stream, contentOnly, cancellationToken);
        if (MayEnd is { } ask && stream is not MeasuringStream && !await ask(cancellationToken))
        {
            throw new WithdrawnException();
        }
    }

    /// <summary>The mail must not be ended.</summary>
    internal sealed class WithdrawnException : Exception;
}
