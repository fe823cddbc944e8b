using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Deliver;

namespace CyberInsights.Tests.Deliver;

/// <summary>Which addresses can be written to (hostile file <c>mail/addresses.jsonl</c>).</summary>
public sealed class MailAddressTests
{
    /// <summary>Address, and whether it is taken.</summary>
    internal static IEnumerable<(string Address, bool Accepted)> Cases =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hostile", "mail", "addresses.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(json =>
                (Regex.Unescape(json.GetProperty("addr_escaped").GetString()!), json.GetProperty("accept").GetBoolean())
            );

    [Fact]
    public void An_address_is_taken_or_not_as_the_hostile_file_says()
    {
        Assert.True(Cases.Count() >= 30);
        Assert.All(Cases, c => Assert.Equal(c.Accepted, MailAddress.Read(c.Address) is not null));
    }

    [Theory]
    [InlineData("A.b+news@PUB.Example", "A.b+news@pub.example", "a.b@pub.example")]
    [InlineData(" reader@pub.example ", "reader@pub.example", "reader@pub.example")]
    [InlineData("+tag@pub.example", "+tag@pub.example", "+tag@pub.example")]
    public void The_host_is_folded_for_writing_and_the_mailbox_for_limits(string given, string text, string mailbox)
    {
        var address = MailAddress.Read(given)!;

        Assert.Equal((text, mailbox), (address.Text, address.Mailbox));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_part_before_the_at_has_64_characters_at_most(int length, bool accepted) =>
        Assert.Equal(accepted, MailAddress.Read($"{new string('a', length)}@pub.example") is not null);
}
