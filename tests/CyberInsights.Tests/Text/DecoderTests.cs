using System.Text;
using Decoder = CyberInsights.Text.Decoder;

namespace CyberInsights.Tests.Text;

public sealed class DecoderTests
{
    static DecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", "")]
    [InlineData("utf-16", "")]
    [InlineData("utf-16BE", "")]
    [InlineData("utf-32", "")]
    [InlineData("utf-32BE", "")]
    public void A_byte_order_mark_beats_every_claim(string encoding, string prefix)
    {
        var bytes = Bytes(
            Encoding.GetEncoding(encoding),
            prefix + "<?xml version='1.0' encoding='iso-8859-1'?><t>Žluť</t>",
            mark: true
        );

        Assert.Contains(
            "<t>Žluť</t>",
            Decoder.Decode(bytes, "text/xml; charset=windows-1251"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Wide_characters_are_told_by_their_zero_bytes(string encoding) =>
        Assert.Equal(
            "<t>Žluť</t>",
            Decoder.Decode(Bytes(Encoding.GetEncoding(encoding), "<t>Žluť</t>", mark: false), null)
        );

    [Fact]
    public void Valid_utf8_beats_the_header_and_the_declaration()
    {
        var bytes = Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='windows-1250'?><t>Žluť</t>");

        Assert.Contains("Žluť", Decoder.Decode(bytes, "text/xml; charset=iso-8859-2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/xml; charset=windows-1251", "<t>Ядро</t>")]
    [InlineData("text/xml;charset = \"windows-1251\"", "<t>Ядро</t>")]
    [InlineData(null, "<?xml version=\"1.0\" encoding=\"windows-1251\"?><t>Ядро</t>")]
    [InlineData(null, "<html><head><meta charset=windows-1251></head>Ядро")]
    [InlineData(null, "<html><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>Ядро")]
    public void A_declared_encoding_is_used_when_the_bytes_are_no_utf8(string? contentType, string text) =>
        Assert.Contains(
            "Ядро",
            Decoder.Decode(Encoding.GetEncoding(1251).GetBytes(text), contentType),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("shift_jis", 932, "脆弱性")]
    [InlineData("EUC-JP", 51932, "脆弱性")]
    [InlineData("big5", 950, "漏洞")]
    [InlineData("gb2312", 54936, "漏洞")]
    [InlineData("euc-kr", 949, "취약점")]
    [InlineData("koi8-r", 20866, "ядро")]
    [InlineData("windows-1256", 1256, "ثغرة")]
    [InlineData("tis-620", 874, "ช่องโหว่")]
    public void Legacy_encodings_are_known_by_their_labels(string label, int codePage, string text) =>
        Assert.Equal(
            text,
            Decoder.Decode(Encoding.GetEncoding(codePage).GetBytes(text), $"text/plain; charset={label}")
        );

    [Fact]
    public void Iso_2022_jp_is_decoded_though_its_bytes_are_ascii() =>
        Assert.Equal(
            "脆弱性",
            Decoder.Decode(Encoding.GetEncoding("iso-2022-jp").GetBytes("脆弱性"), "text/xml; charset=iso-2022-jp")
        );

    [Fact]
    public void Without_any_claim_bytes_that_are_no_utf8_are_windows_1252() =>
        Assert.Equal("<t>“café”</t>", Decoder.Decode([.. "<t>"u8, 0x93, .. "caf"u8, 0xE9, 0x94, .. "</t>"u8], null));

    [Theory]
    [InlineData(1251, "Уязвимость в ядре")]
    [InlineData(20866, "Уязвимость в ядре")]
    [InlineData(932, "カーネルに脆弱性が見つかりました")]
    [InlineData(51932, "カーネルに脆弱性が見つかりました")]
    [InlineData(949, "커널에서 취약점이 발견되었습니다")]
    [InlineData(54936, "内核中发现了一个严重的安全漏洞")]
    [InlineData(950, "核心中發現一個嚴重的安全漏洞")]
    [InlineData(1255, "התגלתה פגיעות בליבה")]
    [InlineData(874, "พบช่องโหว่ในเคอร์เนล")]
    public void Undeclared_or_wrongly_declared_scripts_are_guessed(int codePage, string text)
    {
        var bytes = Encoding.GetEncoding(codePage).GetBytes($"<t>{text}</t>");

        Assert.Equal($"<t>{text}</t>", Decoder.Decode(bytes, null));
        Assert.Equal($"<t>{text}</t>", Decoder.Decode(bytes, "text/xml; charset=utf-8"));
    }

    [Theory]
    [InlineData("Das Überprüfen ergab: größere Lücke in Österreich – „ernst“ für Behörden, größter Schaden später")]
    [InlineData("L’été dernier, à l’Élysée, où ça s’est passé: été, été, été, été, naïve, Noël")]
    [InlineData("Señalización añadida; ¿cuándo? mañana, también aquí: corazón, acción, año")]
    [InlineData("Öğrenciler değil, naïve ÄÖÜ ÄÖÜ")]
    public void Latin_text_is_not_taken_for_another_script(string text)
    {
        var latin = Encoding.GetEncoding(1252);
        var bytes = latin.GetBytes(text);

        Assert.Equal(latin.GetString(bytes), Decoder.Decode(bytes, null));
    }

    [Fact]
    public void Declared_utf8_with_bad_bytes_keeps_the_good_ones() =>
        Assert.Equal("<t>é\uFFFD</t>", Decoder.Decode([.. "<t>é"u8, 0xFF, .. "</t>"u8], "text/xml; charset=utf-8"));

    [Theory]
    [InlineData("utf-7")]
    [InlineData("IBM037")]
    [InlineData("ebcdic-cp-us")]
    [InlineData("utf-8foo")]
    [InlineData("")]
    [InlineData("utf-16")]
    public void A_dangerous_unknown_or_impossible_label_counts_as_none(string label)
    {
        Assert.Equal("+ADw-b+AD4-", Decoder.Decode("+ADw-b+AD4-"u8, $"text/xml; charset={label}"));
        Assert.Equal("café", Decoder.Decode([.. "caf"u8, 0xE9], $"text/xml; charset={label}"));
    }

    [Fact]
    public void Characters_that_no_store_takes_are_left_out() =>
        Assert.Equal("AB\tC\nD", Decoder.Decode("A\0B\u0001\tC\n\uFFFED\uFFFF"u8, null));

    [Fact]
    public void Bytes_of_no_encoding_at_all_do_not_throw()
    {
        Random random = new(42);
        var bytes = new byte[512];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(bytes);
            Assert.DoesNotContain(
                '\0',
                Decoder.Decode(bytes.AsSpan(0, i), i % 2 == 0 ? null : "text/xml; charset=euc-jp")
            );
        }
    }

    private static byte[] Bytes(Encoding encoding, string text, bool mark) =>
        mark ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);
}
