using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

public sealed class IndicatorTests
{
    private const string Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    [Theory]
    [InlineData("It calls 192.0.2.17 each hour.", IndicatorKind.Ipv4, "192.0.2.17")]
    [InlineData("It calls 192[.]0[.]2[.]17.", IndicatorKind.Ipv4, "192.0.2.17")]
    [InlineData("It calls 192.0.2(.)17 now", IndicatorKind.Ipv4, "192.0.2.17")]
    [InlineData("It calls 2001:db8::17 too.", IndicatorKind.Ipv6, "2001:db8::17")]
    [InlineData("It calls update.invented[.]example daily.", IndicatorKind.Domain, "update.invented.example")]
    [InlineData("It calls INVENTED(dot)example daily.", IndicatorKind.Domain, "invented.example")]
    [InlineData("See hxxps://invented[.]example/a?b=1.", IndicatorKind.Url, "https://invented.example/a?b=1")]
    [InlineData("See hxxp[:]//192.0.2[.]1/x.exe, it says.", IndicatorKind.Url, "http://192.0.2.1/x.exe")]
    [InlineData("Write to Eva[@]invented[.]example please.", IndicatorKind.Email, "eva@invented.example")]
    [InlineData("Write to eva.mala@invented.example.", IndicatorKind.Email, "eva.mala@invented.example")]
    [InlineData("Hash D41D8CD98F00B204E9800998ECF8427E here", IndicatorKind.Md5, "d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData(
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        IndicatorKind.Sha1,
        "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    )]
    [InlineData("(" + Sha256 + ")", IndicatorKind.Sha256, Sha256)]
    [InlineData("A flaw of kind CWE-79 is open.", IndicatorKind.Weakness, "CWE-79")]
    [InlineData("It has a CVSS score of 9.8 and is open.", IndicatorKind.Severity, "9.8")]
    [InlineData("It is open (CVSS 7.5).", IndicatorKind.Severity, "7.5")]
    [InlineData(
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        IndicatorKind.Severity,
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    )]
    public void A_trace_is_read_as_machines_write_it(string text, IndicatorKind kind, string value)
    {
        var indicator = Assert.Single(Recogniser.Read("", text, "en").Indicators);

        Assert.Equal((kind, value), (indicator.Kind, indicator.Value));
        Assert.InRange(indicator.Start, 1, text.Length);
    }

    [Theory]
    [InlineData("Update to version 10.0.0.1 now.")]
    [InlineData("It began at 12:30:45 and ended.")]
    [InlineData("The number 999.999.999.999 is none.")]
    [InlineData("He reads invented.example every day.")]
    [InlineData("The code 1234567890abcdef is short.")]
    [InlineData("A CVSS score of 11.5 does not exist.")]
    public void What_only_looks_like_a_trace_is_none(string text) =>
        Assert.Empty(Recogniser.Read("", text, "en").Indicators);

    [Theory]
    [InlineData("1.")]
    [InlineData("a[.]")]
    [InlineData("ab:")]
    [InlineData("a@b.")]
    [InlineData("hxxp://")]
    [InlineData("f")]
    public void A_megabyte_of_half_a_trace_is_read_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        Assert.InRange(IndicatorFinder.Find(text).Count, 0, IndicatorFinder.MaxIndicators);
    }

    [Fact]
    public void A_list_without_end_is_cut()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"192.0.{i % 256}.{i / 256} "));

        Assert.Equal(IndicatorFinder.MaxIndicators, IndicatorFinder.Find(text).Count);
    }
}
