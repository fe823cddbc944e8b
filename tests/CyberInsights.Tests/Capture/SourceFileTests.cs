using System.Text;
using CyberInsights.Capture;

namespace CyberInsights.Tests.Capture;

public sealed class SourceFileTests
{
    [Fact]
    public void A_list_of_sources_is_read_with_all_its_fields()
    {
        var sources = Read(
            """
            [
              {"feed": "lagebild", "name": "Lagebild", "address": "http://lagebild.example/atom.xml", "home": "http://lagebild.example/",
               "kind": "feed", "language": "de", "country": "DE", "ownership": "private", "owner": "Press House", "interest": "trade press", "reliability": 4,
               "fullText": true, "page": null},
              {"feed": "record", "name": "Record", "address": "http://record.example/newest", "kind": "page", "page": {"item": "li"}},
            ]
            """
        );

        Assert.Equal(
            new Source
            {
                Key = "lagebild",
                Name = "Lagebild",
                Address = "http://lagebild.example/atom.xml",
                Home = "http://lagebild.example/",
                Language = "de",
                Country = "DE",
                Ownership = "private",
                Owner = "Press House",
                Interest = "trade press",
                Reliability = 4,
                FullText = true,
            },
            sources[0]
        );
        Assert.Equal(SourceKind.Page, sources[1].Kind);
        Assert.Equal("""{"item": "li"}""", sources[1].Rule);
        Assert.Equal(3, sources[1].Reliability);
    }

    [Fact]
    public void Labels_rules_and_relevance_of_a_source_are_read()
    {
        var source = Assert.Single(
            Read(
                """
                [{"feed": "daily", "name": "Daily", "address": "http://daily.example/", "labels": ["AI", " policy ", "ai", ""],
                  "relevance": "field", "include": "cyber*\nprivacy", "exclude": "title: webinar"}]
                """
            )
        );

        Assert.Equal(["ai", "policy"], source.Labels!);
        Assert.Equal(
            (Relevance.Field, "cyber*\nprivacy", "title: webinar"),
            (source.Relevance, source.IncludeRules, source.ExcludeRules)
        );
    }

    [Theory]
    [InlineData("feed", SourceKind.Feed)]
    [InlineData("page", SourceKind.Page)]
    [InlineData("sitemap", SourceKind.Sitemap)]
    [InlineData("json", SourceKind.Json)]
    public void A_source_says_how_it_is_read(string kind, SourceKind read)
    {
        var source = Assert.Single(
            Read(
                $$$"""[{"feed": "a", "name": "n", "address": "http://a.example/", "kind": "{{{kind}}}", "rule": {"items": "data"}}]"""
            )
        );

        Assert.Equal((read, """{"items": "data"}"""), (source.Kind, source.Rule));
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("[{]", "is not JSON (line 1, byte 3)")]
    [InlineData("{}", "is not a JSON array")]
    [InlineData("null", "is not a JSON array")]
    [InlineData("[null]", "Source 1: \"feed\" is missing")]
    [InlineData("[{}]", "Source 1: \"address\" is missing")]
    [InlineData("[{\"feed\": \"a\", \"name\": 1, \"address\": \"http://a.example/\"}]", "\"name\" is not text")]
    [InlineData(
        "[{\"feed\": \"A b\", \"name\": \"n\", \"address\": \"http://a.example/\"}]",
        "\"feed\" has other characters"
    )]
    [InlineData("[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"a.example\"}]", "is not a whole address")]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"kind\": \"x\\ny\"}]",
        "\"kind\" is \"x y\", not one of feed, page"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"kind\": \"page\"}]",
        "\"rule\" is missing"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"page\": []}]",
        "\"page\" is not an object"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"reliability\": 6}]",
        "whole number from 1 to 5"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"reliability\": 1e999}]",
        "whole number from 1 to 5"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"fullText\": \"yes\"}]",
        "\"fullText\" is not true or false"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"labels\": \"ai\"}]",
        "\"labels\" is not a list of words"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"labels\": [1]}]",
        "\"labels\" is not a list of words"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"n\", \"address\": \"http://a.example/\", \"relevance\": \"some\"}]",
        "\"relevance\" is \"some\", not one of all, field"
    )]
    [InlineData(
        "[{\"feed\": \"a\", \"name\": \"\\ud800\", \"address\": \"http://a.example/\"}]",
        "\"name\" is missing"
    )]
    [InlineData(
        "[{\"feed\":\"a\",\"name\":\"n\",\"address\":\"http://a.example/\"},{\"feed\":\"a\",\"name\":\"n\",\"address\":\"http://b.example/\"}]",
        "The key \"a\" occurs 2 times"
    )]
    public void What_is_wrong_is_said_in_a_sentence(string json, string sentence)
    {
        var refusal = Assert.Throws<RefusalException>(() => Read(json));

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no source was added or changed", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Theory]
    [InlineData("kev", SourceKind.Kev)]
    [InlineData("csaf", SourceKind.Csaf)]
    [InlineData("cve", SourceKind.Cve)]
    public void A_source_of_advisories_needs_no_rule(string kind, SourceKind expected) =>
        Assert.Equal(
            expected,
            Assert.Single(Read($$"""[{"feed":"a","name":"n","address":"http://a.example/","kind":"{{kind}}"}]""")).Kind
        );

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_name_may_have_300_characters(int characters, bool read)
    {
        var json = $$"""[{"feed": "a", "name": "{{new string('n', characters)}}", "address": "http://a.example/"}]""";

        if (read)
        {
            Assert.Single(Read(json));
        }
        else
        {
            Assert.Throws<RefusalException>(() => Read(json));
        }
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void A_list_may_have_10000_sources(int count, bool read)
    {
        var json =
            $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"feed": "s{{i}}", "name": "n", "address": "http://a.example/"}"""))}]";

        if (read)
        {
            Assert.Equal(count, Read(json).Count);
        }
        else
        {
            Assert.Throws<RefusalException>(() => Read(json));
        }
    }

    [Fact]
    public void Of_many_problems_ten_are_told_and_the_rest_is_counted()
    {
        var refusal = Assert.Throws<RefusalException>(() =>
            Read($"[{string.Join(',', Enumerable.Repeat("{}", 100))}]")
        );

        Assert.Contains("; and 290 more:", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 100, 1000);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => Assert.Empty(SourceFile.Read("\uFEFF[]"u8.ToArray()));

    private static IReadOnlyList<Source> Read(string json) => SourceFile.Read(Encoding.UTF8.GetBytes(json));
}
