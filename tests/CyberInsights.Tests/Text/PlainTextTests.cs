using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Text;

namespace CyberInsights.Tests.Text;

public sealed partial class PlainTextTests
{
    private static readonly Dictionary<string, JsonElement> Cases = File.ReadLines(
            Path.Combine(AppContext.BaseDirectory, "Hostile", "feeds", "titles.jsonl")
        )
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(e => e.GetProperty("id").GetString()!);

    [Theory]
    [InlineData("rlo")]
    [InlineData("lro")]
    [InlineData("isolates")]
    [InlineData("lrm_rlm")]
    [InlineData("zwsp")]
    [InlineData("bom_mid")]
    [InlineData("word_joiner")]
    [InlineData("soft_hyphen")]
    [InlineData("tag_chars")]
    [InlineData("variation_sel_smuggle")]
    [InlineData("vs_supplement")]
    [InlineData("interlinear")]
    [InlineData("line_sep")]
    [InlineData("nel_vt_ff")]
    [InlineData("crlf")]
    [InlineData("nul")]
    [InlineData("c0")]
    [InlineData("c1")]
    [InlineData("lone_high")]
    [InlineData("lone_low")]
    [InlineData("spaces")]
    public void Hidden_characters_are_taken_out(string id) =>
        Assert.Equal(Cases[id].GetProperty("out").GetString(), Line(id));

    [Theory]
    [InlineData("hebrew")]
    [InlineData("arabic_zwnj")]
    [InlineData("emoji_zwj")]
    [InlineData("fullwidth")]
    [InlineData("ligature")]
    [InlineData("math_bold")]
    [InlineData("markdown")]
    public void Text_in_any_script_stays_as_it_is(string id) => Assert.Equal(Input(id), Line(id));

    [Fact]
    public void Of_a_heap_of_accents_four_stay() => Assert.Equal("Z" + new string('\u0310', 4), Line("zalgo"));

    [Fact]
    public void Nothing_is_left_of_what_cannot_be_seen() => Assert.Equal("", Line("empty_after_clean"));

    [Theory]
    [InlineData("html", "Hi &")]
    [InlineData("entities", "Tom & Jerry <3 'x'")]
    [InlineData("triple_entities", "&amp;lt;script&amp;gt;")]
    public void Html_is_decoded_once(string id, string expected) =>
        Assert.Equal(expected, PlainText.OneLine(PlainText.FromHtml(Input(id)), 500));

    [Theory]
    [InlineData("Fix for &lt;vector&gt; header", "Fix for <vector> header")]
    [InlineData("Fix for <vector> header", "Fix for <vector> header")]
    [InlineData("1 < 2 <b>bold</b>", "1 < 2 bold")]
    [InlineData("one<br/>two", "one two")]
    [InlineData("a<!-- hidden -->b", "ab")]
    [InlineData("<style>p{}</style>x", " x")]
    public void Only_html_is_taken_for_html(string html, string expected) =>
        Assert.Equal(expected, PlainText.FromHtml(html));

    [Theory]
    [InlineData("long")]
    [InlineData("grapheme_cut")]
    public void A_long_text_is_cut_between_characters_and_shows_it(string id)
    {
        var line = Line(id);

        Assert.InRange(line.Length, 480, 500);
        Assert.EndsWith("…", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\u200D…", line, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(line[^2]));
    }

    [Fact]
    public void The_longest_text_is_whole_and_one_more_character_is_cut()
    {
        Assert.Equal(new string('é', 500), PlainText.OneLine(new string('é', 500), 500));
        Assert.Equal(new string('é', 499) + "…", PlainText.OneLine(new string('é', 501), 500));
    }

    private static string Line(string id) => PlainText.OneLine(Input(id), 500);

    private static string Input(string id) =>
        Escape.Replace(Cases[id].GetProperty("input_escaped").GetString()!, match => Unescape(match.Value));

    private static string Unescape(string escape)
    {
        if (escape is "\\r" or "\\n" or "\\t" or "\\\\")
        {
            return escape[1] switch
            {
                'r' => "\r",
                'n' => "\n",
                't' => "\t",
                _ => "\\",
            };
        }

        var value = int.Parse(escape.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return value > 0xFFFF ? char.ConvertFromUtf32(value) : ((char)value).ToString();
    }

    [GeneratedRegex("""\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[rnt\\])""", RegexOptions.None, 2000)]
    private static partial Regex Escape { get; }
}
