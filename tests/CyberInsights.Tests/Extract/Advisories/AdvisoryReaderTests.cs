using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Extract.Advisories;

namespace CyberInsights.Tests.Extract.Advisories;

public sealed class AdvisoryReaderTests
{
    [Fact]
    public void A_catalogue_is_read_with_all_its_fields()
    {
        var catalogue = Read(
            Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-27", ransomware: "Known"))
        );

        Assert.Equal(("kev", "2025.05.28", false), (catalogue.Kind, catalogue.Version, catalogue.Partial));
        var entry = Assert.Single(catalogue.Vulnerabilities);
        Assert.Equal(
            (Samples.Relay, "Northline", "Relay", "CWE-287"),
            (entry.Cve, entry.Vendor, entry.Product, entry.Cwes)
        );
        Assert.Equal(new DateTimeOffset(2025, 5, 27, 0, 0, 0, TimeSpan.Zero), entry.ListedAt);
        Assert.Equal(new DateTimeOffset(2025, 6, 18, 0, 0, 0, TimeSpan.Zero), entry.DueAt);
        Assert.True(entry.Ransomware);
        Assert.Equal("Install version 4.2.1 or switch it off.", entry.RequiredAction);
    }

    [Fact]
    public void A_catalogue_that_counts_more_than_it_has_is_partial_and_says_so()
    {
        var text = Samples
            .Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-27"))
            .Replace("\"count\":1", "\"count\":2", StringComparison.Ordinal);

        var catalogue = Read(text);

        Assert.True(catalogue.Partial);
        Assert.Contains("not taken for removed", Assert.Single(catalogue.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_advisory_becomes_a_text_and_its_vulnerabilities()
    {
        var advisory = Read(Samples.Advisory("NL-2025-01", "1", "2025-05-28T08:00:00Z").ToJsonString());

        Assert.Equal(
            ("csaf", "NL-2025-01", "1", "final"),
            (advisory.Kind, advisory.Id, advisory.Version, advisory.Status)
        );
        Assert.Equal("https://northline.example/advisories/NL-2025-01", advisory.Address);
        Assert.True(advisory.Public);
        var text = string.Join('\n', advisory.Paragraphs);
        Assert.Contains(
            "CVE-2025-99101: Missing check. The second request is not checked. Weakness: CWE-287. CVSS 3.1 base score 9.8 (critical)",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("Fix: Install 4.2.1.", text, StringComparison.Ordinal);
        Assert.Contains("Used since May.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything as is", text, StringComparison.Ordinal);
        var told = Assert.Single(advisory.Vulnerabilities);
        Assert.Equal(("Northline", "Relay", "NL-2025-01"), (told.Vendor, told.Product, told.Document));
        Assert.Equal("Northline Relay 4.0; fixed in Northline Relay 4.2.1", told.Affected);
        var score = Assert.Single(told.Scores);
        Assert.Equal(
            ("3.1", 9.8, "critical", "Northline PSIRT"),
            (score.Version, score.Base, score.Severity, score.Scorer)
        );
    }

    [Theory]
    [InlineData("TLP:RED", false)]
    [InlineData("AMBER", false)]
    [InlineData("AMBER+STRICT", false)]
    [InlineData("GREEN", false)]
    [InlineData("white", true)]
    [InlineData("CLEAR", true)]
    public void Only_what_is_marked_for_everybody_is_public(string label, bool expected) =>
        Assert.Equal(
            expected,
            Read(Samples.Advisory("NL-1", "1", "2025-05-28T08:00:00Z", label).ToJsonString()).Public
        );

    [Fact]
    public void A_cve_record_is_read_with_what_cisa_adds_to_it()
    {
        var record = Assert.Single(
            Read(Samples.Record(Samples.Relay, "2025-05-27T10:00:00.000Z").ToJsonString()).Vulnerabilities
        );

        Assert.Equal("The second request is not checked.", record.Description);
        Assert.Equal("Northline Relay 4.0 before 4.2.1 or up to 3.9", record.Affected);
        Assert.Equal("Exploitation: active, Automatable: yes, Technical Impact: total", record.Ssvc);
        Assert.Equal(27, record.ListedAt?.Day);
        Assert.Equal((7.5, "Northline"), (record.Scores[0].Base, record.Scores[0].Scorer));
        Assert.Equal(
            new VulnerabilityReference
            {
                Address = "https://northline.example/advisory",
                Tags = "vendor-advisory, patch",
            },
            Assert.Single(record.References)
        );
    }

    [Fact]
    public void A_rejected_record_says_why()
    {
        var record = Assert.Single(
            Read(
                $"[{Samples.Record(Samples.Relay, "2025-05-27T10:00:00Z", state: "REJECTED").ToJsonString()}]"
            ).Vulnerabilities
        );

        Assert.Equal((VulnerabilityState.Rejected, "Not a flaw after all."), (record.State, record.Description));
    }

    [Fact]
    public void An_answer_of_the_nvd_is_read_and_says_what_it_leaves_out()
    {
        var answer = Read(Samples.Nvd);

        var told = Assert.Single(answer.Vulnerabilities);
        Assert.Equal(("northline", "relay server", "CWE-287"), (told.Vendor, told.Product, told.Cwes));
        Assert.Equal("northline relay server 4.0 before 4.2.1", told.Affected);
        Assert.Equal(
            [("3.1", 9.8, "NVD"), ("2.0", 5.0, "psirt@northline.example")],
            told.Scores.Select(s => (s.Version, s.Base, s.Scorer))
        );
        Assert.Equal("medium", told.Scores[1].Severity);
        Assert.Equal("government-resource, patch", Assert.Single(told.References).Tags);
        Assert.Equal((27, 17), (told.ListedAt?.Day, told.DueAt?.Day));
        Assert.Contains("3 records", Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_references_thirty_two_are_kept()
    {
        var record = Samples.Record(Samples.Relay, "2025-05-27T10:00:00Z");
        var references = record["containers"]!["cna"]!["references"]!.AsArray();
        for (var n = 0; n < 40; n++)
        {
            references.Add(new JsonObject { ["url"] = $"https://more.example/{n}" });
        }

        var read = Assert.Single(Read(record.ToJsonString()).Vulnerabilities);

        Assert.Equal(32, read.References.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"vulnerabilities\": [")]
    [InlineData("<html></html>")]
    [InlineData("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}")]
    public void What_is_none_of_these_is_refused_in_one_sentence(string text)
    {
        Assert.Null(AdvisoryReader.Find(Samples.Bytes(text)));
        var refused = Assert.Throws<RefusalException>(() => AdvisoryReader.Read(Samples.Bytes(text)));
        Assert.EndsWith("Check the address and the kind of the source.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_values_inside_each_other_are_read_and_one_more_is_not()
    {
        // The catalogue itself is one, its list of entries another.
        string Nested(int levels) =>
            $$"""{"catalogVersion":"1","vulnerabilities":[],"x":{{new string('[', levels)}}{{new string(']', levels)}}}""";

        Assert.NotNull(AdvisoryReader.Find(Samples.Bytes(Nested(63))));
        Assert.Null(AdvisoryReader.Find(Samples.Bytes(Nested(64))));
        Assert.Null(AdvisoryReader.Find(Samples.Bytes(Nested(5_000_000))));
    }

    [Fact]
    public void Ten_megabytes_are_read()
    {
        var entries = Enumerable
            .Range(10_000, 20_001)
            .Select(n => Samples.Entry($"CVE-2025-{n}", new string('x', 200), "2025-05-27"));

        var catalogue = Read(Samples.Catalogue([.. entries]));

        Assert.Equal(20_000, catalogue.Vulnerabilities.Count);
        Assert.True(catalogue.Partial);
    }

    /// <summary>Every document cut short, and with every value of a wrong type in turn: refused or read, never another exception.</summary>
    [Theory]
    [InlineData("kev")]
    [InlineData("csaf")]
    [InlineData("cve")]
    [InlineData("nvd")]
    public void Cut_and_mistyped_documents_throw_nothing_but_refusals(string kind)
    {
        var text = kind switch
        {
            "kev" => Samples.Catalogue(Samples.Entry(Samples.Relay, "Relay", "2025-05-27")),
            "csaf" => Samples.Advisory("NL-1", "1", "2025-05-28T08:00:00Z").ToJsonString(),
            "cve" => Samples.Record(Samples.Relay, "2025-05-27T10:00:00Z").ToJsonString(),
            _ => Samples.Nvd,
        };

        for (var length = 0; length < text.Length; length += 7)
        {
            AdvisoryReader.Find(Samples.Bytes(text[..length]));
        }
        string[] wrong = ["null", "7", "[]", "{}", "[[1]]", "\"\\ud800\"", "true", "1e999"];
        for (var at = text.IndexOf(':', StringComparison.Ordinal); at >= 0; at = text.IndexOf(':', at + 1))
        {
            var end = End(text, at + 1);
            foreach (var value in wrong)
            {
                AdvisoryReader.Find(Samples.Bytes(string.Concat(text.AsSpan(0, at + 1), value, text.AsSpan(end))));
            }
        }
    }

    private static AdvisoryDocument Read(string text) => AdvisoryReader.Read(Encoding.UTF8.GetBytes(text));

    // Where the value that begins at a place ends; colons inside of strings give nonsense, which is as good.
    private static int End(string text, int at)
    {
        var (depth, quoted) = (0, false);
        for (var i = at; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            depth +=
                quoted ? 0
                : text[i] is '{' or '[' ? 1
                : text[i] is '}' or ']' ? -1
                : 0;
            if (depth < 0 || (depth == 0 && !quoted && text[i] == ','))
            {
                return i;
            }
        }
        return text.Length;
    }
}
