using System.Text;
using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class SnapshotStoreTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("<rss>Ünïcode \0 and control</rss>")]
    public void A_packed_body_comes_back_byte_for_byte(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);

        var packed = PackedBody.Pack(body);

        Assert.Equal(body, PackedBody.Unpack(packed.Packed, packed.Hash, packed.Length));
    }

    [Fact]
    public void A_body_that_does_not_compress_and_one_that_does_come_back_too()
    {
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        var feed = Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("<item><title>Story</title></item>", 10_000))
        );

        Assert.All(
            [noise, feed],
            body =>
            {
                var packed = PackedBody.Pack(body);
                Assert.Equal(body, PackedBody.Unpack(packed.Packed, packed.Hash, packed.Length));
            }
        );
        Assert.True(PackedBody.Pack(feed).Packed.Length < feed.Length / 100);
    }

    [Fact]
    public void Damage_is_noticed()
    {
        var packed = PackedBody.Pack("a document"u8.ToArray());

        Assert.Throws<InvalidDataException>(() => PackedBody.Unpack(packed.Packed, packed.Hash, packed.Length + 1));
        Assert.Throws<InvalidDataException>(() =>
            PackedBody.Unpack(packed.Packed, PackedBody.HashOf("another"u8), packed.Length)
        );
        Assert.Throws<InvalidDataException>(() => PackedBody.Unpack([1, 2, 3], packed.Hash, packed.Length));
    }
}
