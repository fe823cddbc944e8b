namespace CyberInsights.Net;

/// <summary>A body as it comes off the wire: counted, held to the rate floor, and with a look at its first two bytes.</summary>
internal sealed class WireStream(Stream inner, OutboundLimits limits, FetchDeadline deadline) : Stream
{
    private readonly byte[] head = new byte[2];
    private int headStart;
    private int headEnd;

    /// <summary>Bytes received so far.</summary>
    internal long Received { get; private set; }

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
        if (headStart == headEnd)
        {
            return await ReceiveAsync(buffer);
        }
        var count = Math.Min(buffer.Length, headEnd - headStart);
        head.AsMemory(headStart, count).CopyTo(buffer);
        headStart += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var got = await inner.ReadAsync(buffer, deadline.Token);
        Received += got;
        if (Received > limits.MaxBodyBytes)
        {
            throw BoundedBody.TooLarge(limits);
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
