using System.Text.Json;
using System.Text.RegularExpressions;
using CyberInsights.Recognise;

namespace CyberInsights.Tests.Recognise;

public sealed class HostileTextTests
{
    private static readonly string[] Languages = ["en", "de", "cs", "ar"];

    public static TheoryData<string> Payloads() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Hostile", "text"))
                .Order(StringComparer.Ordinal)
                .SelectMany(File.ReadLines)
                .Select(line => JsonDocument.Parse(line).RootElement)
                .Select(row =>
                    Regex.Replace(
                        row.GetProperty("input_escaped").GetString()!,
                        @"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\x([0-9a-fA-F]{2})",
                        Unescape,
                        RegexOptions.None,
                        TimeSpan.FromSeconds(5)
                    )
                ),
        ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_hostile_title_or_text_is_only_text(string payload)
    {
        foreach (
            var (title, text) in new[]
            {
                (payload, "China denied it."),
                ("A title", $"China said: “{payload}” on Monday. {payload}"),
            }
        )
        {
            foreach (var language in new[] { "en", "de", "ar", "cs", "es", "fr", "ru", "zh", "und" })
            {
                var found = Recogniser.Read(title, text, language);

                Prove(title, text, found);
                Assert.All(
                    found.Mentions,
                    m =>
                        Assert.DoesNotContain(
                            m.Entity.Name,
                            c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or '\u200B'
                        )
                );
                Assert.All(
                    found.Statements,
                    s =>
                        Assert.DoesNotContain(s.SpeakerName, c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E')
                );
            }
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("“")]
    [InlineData("\"China said, ")]
    [InlineData("China and ")]
    [InlineData("President Xi Jinping, ")]
    [InlineData("Minister ")]
    [InlineData("U.S. ")]
    [InlineData("was accused by ")]
    [InlineData("who who, ")]
    [InlineData("wirft ")]
    [InlineData("\n")]
    [InlineData("”) ")]
    [InlineData("APT31 is not linked to ")]
    public void A_megabyte_on_one_line_is_read_in_linear_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var found = Recogniser.Read("Title", text, piece == "wirft " ? "de" : "en");

        Prove("Title", text, found);
        // Quadratic work would take hours; a busy machine needs some seconds.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void In_random_texts_every_offset_lies_in_the_text_and_every_quotation_between_marks()
    {
        string[] pieces =
        [
            "China",
            "Czech Republic",
            "the Chinese embassy in Prague",
            "accused",
            "denied",
            "said",
            "“",
            "”",
            "„",
            "\"",
            "'",
            "»",
            "«",
            ".",
            ",",
            "!",
            "\n",
            "\n\n",
            "Foreign Minister Jan Novak",
            "he",
            "it",
            "who",
            "according to",
            "APT31",
            "linked to",
            "NATO and the EU",
            "condemned the attack",
            "not",
            "did not",
            "urged",
            "was",
            "by",
            "\u202e",
            "\u200b",
            "\ud83d",
            "😀",
            "\ufffe",
            "sagte",
            "hat",
            "beschuldigt",
            "laut",
            "wirft",
            "vor",
            "قال",
            "الصين",
            "،",
            "CVE-2024-12345",
        ];
        var random = new Random(20260301);
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Join(
                random.Next(4) == 0 ? "" : " ",
                Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            var title = pieces[random.Next(pieces.Length)];

            Prove(title, text, Recogniser.Read(title, text, Languages[round % 4]));
        }
    }

    [Fact]
    public void Nothing_at_all_gives_nothing()
    {
        var found = Recogniser.Read("", "", "en");

        Assert.Empty(found.Mentions);
        Assert.Empty(found.Statements);
        Assert.Empty(found.Topics);
    }

    private static void Prove(string title, string text, Recognition found)
    {
        var whole = $"{title}\n{text}";
        Assert.All(found.Mentions, m => Assert.InRange(m.End, m.Start + 1, whole.Length));
        foreach (var statement in found.Statements)
        {
            Assert.InRange(statement.Sentence.End, statement.Sentence.Start + 1, whole.Length);
            Assert.InRange(statement.Confidence, 0, 1);
            Assert.NotEqual("", statement.SpeakerName);
            if (statement.Quote is { } quote)
            {
                Assert.True(statement.Sentence.Contains(quote));
                // Between the marks: what stands around the quotation, spaces and the reporter's comma aside, are the marks.
                var before = whole[..quote.Start].TrimEnd();
                var after = whole[quote.End..].TrimStart().TrimStart(',').TrimStart();
                Assert.Contains(before[^1], "“„\"'‘‚«»‹›「『”’‟");
                Assert.True(
                    after.Length == 0
                        || "”“\"'’‘»«›‹」』".Contains(after[0], StringComparison.Ordinal)
                        || whole[quote.End..].TrimStart(' ', ',').StartsWith('\n')
                );
            }
        }
    }

    private static string Unescape(Match match)
    {
        var digits = match.Groups.Values.Skip(1).First(g => g.Success).Value;
        var code = Convert.ToInt32(digits, 16);
        return code is >= 0xD800 and <= 0xDFFF || code > 0x10FFFF
            ? ((char)code).ToString()
            : char.ConvertFromUtf32(code);
    }
}
