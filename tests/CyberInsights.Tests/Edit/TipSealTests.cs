using System.Buffers.Text;
using System.Security.Cryptography;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Edit;

public sealed class TipSealTests
{
    private static readonly ECDiffieHellman Desk = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(TipText.MaxMessage)]
    public void What_was_sealed_is_opened_by_the_key_of_the_desk_alone(int length)
    {
        // Written as \u20AC in JSON: the longest that a message can be.
        var text = new TipText
        {
            Message = new string('€', length),
            Contact = new string('€', TipText.MaxLine),
            About = "/events/x",
        };

        var body = TipSeal.Seal(text, TipSeal.PublicKey(Desk));

        Assert.True(TipSeal.IsSealed(body));
        Assert.InRange(body.Length, 1, TipSeal.MaxCharacters);
        Assert.Equal(text, TipSeal.Open(body, Desk));
        using var other = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(TipSeal.Open(body, other));
    }

    [Fact]
    public void Short_messages_of_different_length_have_one_length_sealed()
    {
        var lengths = new[] { "no", "A much longer message, of which one should not see that it is." }
            .Select(m => TipSeal.Seal(new TipText { Message = m }, TipSeal.PublicKey(Desk)).Length)
            .Distinct();

        Assert.Single(lengths);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        var bytes = Base64Url.DecodeFromChars(TipSeal.Seal(new TipText { Message = "x" }, TipSeal.PublicKey(Desk)));

        foreach (var at in (int[])[0, 1, 64, 65, 300, bytes.Length - 1])
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            Assert.Null(TipSeal.Open(Base64Url.EncodeToString(changed), Desk));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64 !")]
    public void Anything_else_is_neither_sealed_nor_a_key(string text)
    {
        Assert.False(TipSeal.IsSealed(text));
        Assert.False(TipSeal.IsKey(text));
        Assert.Null(TipSeal.Open(text, Desk));
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_no_key() =>
        Assert.False(TipSeal.IsKey(Base64Url.EncodeToString([4, .. new byte[63], 1])));

    [Fact]
    public async Task A_stored_tip_tells_its_day_and_nothing_of_its_order()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TestFolder();
        var clock = Some.Clock();
        await using var database = await Database.StartAsync(await folder.DatabaseAsync("tips.db"), clock, cancel);
        var tips = new TipStore(database);

        for (var i = 0; i < 40; i++)
        {
            await tips.AddAsync(new TipText { Message = $"{i}" }, null, null, cancel);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var all = await tips.AllAsync(cancel);
        Assert.All(all, t => Assert.Equal(Some.Moment.ToUnixTimeSeconds() / 86_400, t.Day));
        var order = all.Select(t => TipText.FromJson(System.Text.Encoding.UTF8.GetBytes(t.Body)).Message).ToList();
        Assert.NotEqual(Enumerable.Range(0, 40).Select(i => $"{i}"), order);
    }
}
