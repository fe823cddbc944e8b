using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class SanitiserHostileTests
{
    public static TheoryData<string> Files => [.. HostileHtml.Expectations.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_allowed_markup_survives_both_ways_of_parsing(string file)
    {
        var clean = Sanitiser.Clean(HostileHtml.Read(file), HostileHtml.Address);
        foreach (var scripting in (bool[])[false, true])
        foreach (
            var frame in (string[])
                ["<article>{0}</article>", "<table><td>{0}</td></table>", "<blockquote>{0}</blockquote>"]
        )
            AssertSafe(clean.Html, frame, scripting);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_story_survives_and_what_is_hidden_in_it_does_not(string file)
    {
        var clean = Sanitiser.Clean(HostileHtml.Read(file), HostileHtml.Address);
        var expect = HostileHtml.Expectations[file];
        foreach (var part in Parts(expect, "must_contain"))
            Assert.Contains(part, clean.Html, StringComparison.Ordinal);
        foreach (var part in Parts(expect, "forbid_text"))
        {
            Assert.DoesNotContain(part, clean.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(part, clean.Text, StringComparison.Ordinal);
        }
        Assert.Contains("Read on: patch your edge devices", clean.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Cleaning_twice_is_cleaning_once(string file)
    {
        var once = Sanitiser.Clean(HostileHtml.Read(file), HostileHtml.Address);
        var twice = Sanitiser.Clean(once.Html, HostileHtml.Address);
        Assert.Equal(once.Html, twice.Html);
        Assert.Equal(once.Text, twice.Text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_takes_a_bounded_time_and_gives_a_bounded_answer(string file)
    {
        var html = HostileHtml.Read(file);
        var expect = HostileHtml.Expectations[file];
        Sanitiser.Clean("<p>warm</p>", null);
        var watch = Stopwatch.StartNew();
        var clean = Sanitiser.Clean(html, HostileHtml.Address);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 4 * expect.GetProperty("max_ms").GetInt32());
        if (expect.TryGetProperty("max_output_ratio", out var ratio))
            Assert.InRange(clean.Html.Length, 0, ratio.GetInt32() * html.Length);
        if (expect.TryGetProperty("max_attr", out var largest))
            foreach (var limit in largest.EnumerateObject())
            foreach (var element in Parse(clean.Html, scripting: true).QuerySelectorAll($"[{limit.Name}]"))
                Assert.InRange(
                    int.Parse(element.GetAttribute(limit.Name)!, CultureInfo.InvariantCulture),
                    0,
                    limit.Value.GetInt32()
                );
    }

    private static void AssertSafe(string html, string frame, bool scripting)
    {
        var document = Parse(string.Format(CultureInfo.InvariantCulture, frame, html) + "<hr id=after>", scripting);
        var holder =
            document.Body!.FirstElementChild!.LocalName == "table"
                ? document.QuerySelector("td")!
                : document.Body.FirstElementChild!;
        // Whatever follows the text on our page is still outside of it.
        Assert.Same(document.Body, document.GetElementById("after")!.Parent);
        foreach (var node in holder.GetDescendants())
            if (node is IElement element)
                AssertAllowed(element, holder);
            else
                Assert.Equal(NodeType.Text, node.NodeType);
    }

    private static void AssertAllowed(IElement element, IElement holder)
    {
        Assert.Contains(element.LocalName, HostileHtml.AllowedTags);
        Assert.Equal(NamespaceNames.HtmlUri, element.NamespaceUri);
        Assert.InRange(element.GetAncestors().TakeWhile(a => a != holder).Count(), 0, 100);
        foreach (var attribute in element.Attributes)
        {
            Assert.True(
                HostileHtml.AllowedAttributes["_all"].Contains(attribute.Name)
                    || HostileHtml.AllowedAttributes.GetValueOrDefault(element.LocalName)?.Contains(attribute.Name)
                        == true,
                $"{element.LocalName} {attribute.Name}"
            );
            if (attribute.Name is "href" or "cite" or "src")
                Assert.Matches("^(https?://[^/@\\s]+(/\\S*)?|mailto:[^?\\s]+@[^?\\s]+)$", attribute.Value);
        }
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html, bool scripting) =>
        new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument(html);

    private static HashSet<string> Parts(JsonElement expect, string name) =>
        expect.TryGetProperty(name, out var parts) ? HostileHtml.Strings(parts) : [];
}
