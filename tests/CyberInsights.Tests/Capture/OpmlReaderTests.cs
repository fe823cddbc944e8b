using System.Text;
using CyberInsights.Capture;
using CyberInsights.Net;

namespace CyberInsights.Tests.Capture;

public sealed class OpmlReaderTests
{
    [Fact]
    public void Folders_become_labels_and_a_feed_in_two_folders_has_both()
    {
        var plan = Plan(
            """
            <opml version="2.0"><head/><body>
              <outline text="Security"><outline text="Vendors &amp; labs">
                <outline type="rss" text="Record" xmlUrl="https://record.example/feed" htmlUrl="https://record.example/"/>
              </outline></outline>
              <outline title="News"><outline xmlUrl="http://record.example/feed/" text="again"/></outline>
              <outline text="Alone" xmlUrl="https://alone.example/rss" category="/Boston/Weather,Night"/>
            </body></opml>
            """
        );

        Assert.Equal(["record-example", "alone-example"], plan.Added.Select(s => s.Key));
        Assert.Equal(["security", "vendors & labs", "news"], plan.Added[0].Labels!);
        Assert.Equal(("Record", "https://record.example/"), (plan.Added[0].Name, plan.Added[0].Home));
        Assert.Equal(["weather", "night"], plan.Added[1].Labels!);
    }

    [Theory]
    [InlineData("<opml><body><outline xmlUrl='https://a.example/f'></body></opml>")]
    [InlineData("<OPML VERSION=1.0><BODY><OUTLINE XMLURL=https://a.example/f TEXT=A /></BODY></OPML>")]
    [InlineData(
        "\uFEFF  <?xml version='1.0' encoding='shift_jis'?><opml><outline type='rss' url='https://a.example/f'/></opml>"
    )]
    [InlineData(
        "<!DOCTYPE opml><opml><body/><outline text='a & b < c &nbsp;&eacute;' xmlUrl='https://a.example/f'/></opml>"
    )]
    [InlineData(
        "<opml><!-- <outline xmlUrl='https://no.example/'/> --><outline xmlurl=\"https://a.example/f\" junk/></opml>"
    )]
    [InlineData("<opml><outline xmlUrl='feed://a.example/f'/></opml>")]
    [InlineData("<opml><outline xmlUrl='feed:https://a.example/f'/></opml>")]
    [InlineData("<opml><outline xmlUrl='https://a.example/f'/><outline xmlUrl='https://b.exam")]
    public void It_is_read_however_it_is_written(string text) =>
        Assert.Equal("a-example", Assert.Single(Plan(text).Added).Key);

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("view-source:https://a.example/")]
    [InlineData("http://user:secret@a.example/")]
    [InlineData("http://10.1.2.3/feed")]
    [InlineData("http://printer/feed")]
    [InlineData("/feed.xml")]
    [InlineData("https://a.example:22/")]
    public void An_address_that_may_not_be_fetched_is_named_with_its_line(string address)
    {
        var plan = Plan($"<opml>\n<outline text='x' xmlUrl='{address}'/>\n</opml>");

        Assert.Empty(plan.Added);
        Assert.StartsWith($"line 2: {address} (", Assert.Single(plan.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_addresses_are_not_doubled_and_keys_are_never_given_twice()
    {
        var known = Some.Source("a-example") with { Address = "http://a.example/feed" };

        var plan = Plan(
            """
            <opml><outline xmlUrl="https://a.example/feed/"/><outline xmlUrl="https://a.example/feed?utm_source=x"/>
            <outline xmlUrl="https://a.example/news"/><outline xmlUrl="https://www.a.example/news"/></opml>
            """,
            known
        );

        Assert.Equal(1, plan.Known);
        Assert.Equal(["a-example-news", "a-example-news-2"], plan.Added.Select(s => s.Key));
    }

    [Theory]
    [InlineData("", "opml.empty")]
    [InlineData("plain text", "opml.empty")]
    [InlineData("<haha version='1.1'/>", "opml.not_opml")]
    [InlineData("<?xml version='1.0'?><rss><channel/></rss>", "opml.not_opml")]
    [InlineData("<opml><outline xmlUrl='https://a.exam", "opml.malformed")]
    [InlineData("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "opml.dtd_entity")]
    public void What_is_no_list_is_refused_with_a_code_and_a_sentence(string text, string code)
    {
        Assert.Null(OpmlReader.Read(Encoding.UTF8.GetBytes(text), out var refusal));
        Assert.Equal(code, refusal!.Code);
        Assert.Contains("no source was added", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "opml.too_many")]
    public void A_file_may_have_20000_outlines(int more, string? code)
    {
        var outlines = string.Concat(Enumerable.Repeat("<outline text='f'/>", OpmlReader.MaxOutlines + more));

        OpmlReader.Read(Encoding.UTF8.GetBytes($"<opml>{outlines}</opml>"), out var refusal);

        Assert.Equal(code, refusal?.Code);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "opml.too_large")]
    public void A_file_may_have_5_MiB(int more, string? code)
    {
        var text = "<opml>".PadRight(OpmlReader.MaxBytes + more);

        OpmlReader.Read(Encoding.UTF8.GetBytes(text), out var refusal);

        Assert.Equal(code, refusal?.Code);
    }

    [Fact]
    public void Of_folders_in_folders_sixteen_become_labels()
    {
        var open = string.Concat(Enumerable.Range(0, 17).Select(i => $"<outline text='f{i}'>"));

        var plan = Plan($"<opml>{open}<outline xmlUrl='https://a.example/f'/></opml>");

        Assert.Equal(OpmlReader.MaxDepth, Assert.Single(plan.Added).Labels!.Count);
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same_list()
    {
        Source[] sources =
        [
            Some.Source("plain") with
            {
                Labels = [],
            },
            Some.Source("full") with
            {
                Name = "Größe & <b>\"Maß\"</b> ünï",
                Home = "https://full.example/",
                Country = "CZ",
                Ownership = "nonprofit",
                Owner = "Press House",
                Interest = "archive",
                Reliability = 5,
                FullText = true,
                Relevance = Relevance.Field,
                IncludeRules = "title: a & b\n/x|y/",
                ExcludeRules = "url: /sport/",
                State = SourceState.Paused,
                Labels = ["ai", "security"],
            },
        ];

        var written = OpmlWriter.Write(
            [.. sources, Some.Source("gone") with { State = SourceState.Retired }],
            Some.Moment
        );
        var plan = Plan(Encoding.UTF8.GetString(written));

        var read = plan.Added.OrderByDescending(s => s.Key).ToList();
        Assert.Equal(sources.Select(s => s with { Labels = null }), read.Select(s => s with { Labels = null }));
        Assert.Equal(sources.Select(s => s.Labels!), read.Select(s => s.Labels!));
        Assert.Equal(written, OpmlWriter.Write([.. read], Some.Moment));
    }

    [Fact]
    public void A_name_that_XML_cannot_hold_does_not_break_the_list()
    {
        var written = OpmlWriter.Write([Some.Source("a") with { Name = "a\u0001\uFFFE\uD800b ]]>" }], Some.Moment);

        Assert.Equal(
            "a\uFFFDb ]]>",
            System
                .Xml.Linq.XDocument.Parse(Encoding.UTF8.GetString(written))
                .Descendants("outline")
                .Single()
                .Attribute("text")!
                .Value
        );
    }

    private static OpmlImport Plan(string text, params Source[] known)
    {
        using var http = new GuardedHttp(new OutboundPolicy(), TimeProvider.System);
        var file = OpmlReader.Read(Encoding.UTF8.GetBytes(text), out var refusal);
        Assert.Null(refusal);
        return OpmlImport.Plan(file!, known, http);
    }
}
