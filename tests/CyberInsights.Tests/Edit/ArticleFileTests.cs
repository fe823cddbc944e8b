using CyberInsights.Edit;

namespace CyberInsights.Tests.Edit;

public sealed class ArticleFileTests
{
    private const string Good = """
        ---
        title: "Fourteen, then eleven"
        author: Idris Valcourt
        published: 2025-05-28T21:40:00+02:00
        topics: [attacks]
        events: [Thornmere, hospital]
        ---

        A number was **wrong**.
        """;

    [Fact]
    public void An_article_is_read_with_its_front_matter()
    {
        var article = ArticleFile.Parse("fourteen-then-eleven.md", Good);

        Assert.Equal("fourteen-then-eleven", article.Slug);
        Assert.Equal("Fourteen, then eleven", article.Title);
        Assert.Equal(new DateTimeOffset(2025, 5, 28, 19, 40, 0, TimeSpan.Zero), article.Published);
        Assert.Equal(["Thornmere", "hospital"], article.Events);
        Assert.Equal("A number was **wrong**.", article.Markdown);
    }

    [Theory]
    [InlineData("no dashes at all", "has no front matter")]
    [InlineData("---\ntitle: x\n", "has no front matter")]
    [InlineData("---\nauthor: x\npublished: 2025-05-28\n---\ntext", "has no title")]
    [InlineData("---\ntitle: x\npublished: 2025-05-28\n---\ntext", "has no author")]
    [InlineData("---\ntitle: x\nauthor: y\n---\ntext", "has no published")]
    [InlineData("---\ntitle: x\nauthor: y\npublished: soon\n---\ntext", "has a date that cannot be read, 'soon'")]
    [InlineData("---\ntitle: [x\n---\ntext", "front matter that is not YAML")]
    [InlineData("---\ntitle: x\nauthor: y\nslug: ../up\npublished: 2025-05-28\n---\ntext", "has the slug '../up'")]
    public void A_file_that_cannot_be_used_is_refused_with_its_name_and_what_is_missing(string text, string sentence)
    {
        var refusal = Assert.Throws<RefusalException>(() => ArticleFile.Parse("a.md", text));

        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.StartsWith("The article a.md", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("not imported", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_corrections_and_what_a_machine_made_are_read_too()
    {
        const string text = """
            ---
            title: x
            author: y
            published: 2025-05-28
            picture:
              file: map.png
              alt: A map of two towns
              caption: Both towns.
              credit: Somebody
              licence: CC BY 4.0
              licence-url: https://licence.example/by
            pictures:
              - {file: b.png, credit: Another}
            corrections:
              - {date: 2025-05-29, text: Eleven and not fourteen.}
              - {date: 2025-05-30, kind: clarification, text: It was a Wednesday.}
            machine: {what: The quotations are translated., reviewer: Z, reviewed: 2025-05-28T10:00:00Z}
            ---

            Text.

            ![A *bar* chart](b.png "Bars")
            """;

        var article = ArticleFile.Parse("a.md", text);

        Assert.Equal(
            [
                new ArticlePicture
                {
                    File = "map.png",
                    Alt = "A map of two towns",
                    Caption = "Both towns.",
                    Credit = "Somebody",
                    Licence = "CC BY 4.0",
                    LicenceAddress = "https://licence.example/by",
                    Leads = true,
                },
                new ArticlePicture
                {
                    File = "b.png",
                    Alt = "A bar chart",
                    Caption = "Bars",
                    Credit = "Another",
                },
            ],
            article.Pictures
        );
        Assert.Equal(
            [CorrectionKind.Clarification, CorrectionKind.Correction],
            article.Corrections.Select(c => c.Kind)
        );
        Assert.Equal(("The quotations are translated.", "Z"), (article.Machine, article.Reviewer));
    }

    [Theory]
    [InlineData("picture: {file: a.png}", "", "does not say what the picture 'a.png' shows")]
    [InlineData("picture: {alt: x}", "", "has a picture ''")]
    [InlineData("picture: {file: ../a.png, alt: x}", "", "has a picture '../a.png'")]
    [InlineData("picture: {file: .env, alt: x}", "", "has a picture '.env'")]
    [InlineData("picture: {file: a.png, alt: x, licence-url: 'javascript:hx(1)'}", "", "has the licence-url")]
    [InlineData("machine: {reviewer: x}", "", "has no machine: what")]
    [InlineData("corrections: [{date: 2025-05-29, text: x, kind: oops}]", "", "a correction of the kind 'oops'")]
    [InlineData("corrections: [{date: 2025-05-29}]", "", "has no text of a correction")]
    [InlineData("", "![](a.png)", "does not say what the picture 'a.png' shows")]
    [InlineData("", "![x](https://pictures.example/a.png)", "has a picture 'https://pictures.example/a.png'")]
    [InlineData("", "See ![x](a.png) here", "has the picture 'a.png' within a line")]
    public void What_a_reader_could_not_use_is_refused(string front, string markdown, string sentence)
    {
        var text = $"---\ntitle: x\nauthor: y\npublished: 2025-05-28\n{front}\n---\n{markdown}";

        var refusal = Assert.Throws<RefusalException>(() => ArticleFile.Parse("a.md", text));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }
}
