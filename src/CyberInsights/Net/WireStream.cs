namespace CyberInsights.Net;

/// <summary>
/// A body as it comes off the wire: counted, held to the rate floor, with a look at its first two bytes and with
/// <paramref name="tail"/> added at its end.
/// </summary>
internal sealed class WireStream(Stream inner, byte[] tail, OutboundLimits limits, FetchDeadline deadline) : Stream
{
    private readonly byte[] head = new byte[2];
    private int headStart;
    private int headEnd;
    private int tailStart;

    /// <summary>Bytes received so far.</summary>
    internal long Received { get; private set; }

    /// <summary>Whether the reader wanted more after the end.</summary>
    internal bool EndSeen { get; private set; }

    /// <summary>The first two bytes, fewer at the end of the body; they are read again afterwards.</summary>
    internal async Task<ReadOnlyMemory<byte>> PeekAsync()
    {
        int got;
        while (headEnd < head.Length && (got = await ReceiveAsync(head.AsMemory(headEnd))) > 0)
        {
            headEnd += got;
        }
        return head.AsMemory(0, headEnd);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (headStart < headEnd)
        {
            var count = Math.Min(buffer.Length, headEnd - headStart);
            head.AsMemory(headStart, count).CopyTo(buffer);
            headStart += count;
            return count;
        }
        var got = EndSeen ? 0 : await ReceiveAsync(buffer);
        return got > 0 ? got : EndWith(buffer.Span);
    }

    private int EndWith(Span<byte> buffer)
    {
        EndSeen = true;
        var count = Math.Min(buffer.Length, tail.Length - tailStart);
        tail.AsSpan(tailStart, count).CopyTo(buffer);
        tailStart += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var got = await inner.ReadAsync(buffer, deadline.Token);
        Received += got;
        if (Received > deadline.MaxBodyBytes)
        {
            throw BoundedBody.TooLarge(limits, deadline);
        }
        deadline.Received(got);
        return got;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
