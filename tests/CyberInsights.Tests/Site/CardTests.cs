using System.Net;
using CyberInsights.Server.Site.Cards;
using CyberInsights.Tests.Publish.Reading;
using SkiaSharp;

namespace CyberInsights.Tests.Site;

public sealed class CardTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    private static readonly CardDrawing Drawing = new();

    [Theory]
    [InlineData("/card.png")]
    [InlineData("/ar/card.png")]
    [InlineData($"/events/{InventedDay.LeadSlug}/card.png")]
    [InlineData($"/ar/events/{InventedDay.LeadSlug}/card.png?v=1")]
    [InlineData("/articles/what-karsk-can-prove/card.png")]
    [InlineData("/topics/states/card.png")]
    [InlineData("/entities/quiet-heron/card.png")]
    public async Task A_page_has_a_picture_of_the_size_that_sharers_show(string path)
    {
        using var answer = await site.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["cross-origin"], answer.Headers.GetValues("Cross-Origin-Resource-Policy"));

        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var picture = SKBitmap.Decode(bytes);
        Assert.Equal((1200, 630), (picture.Width, picture.Height));
        Assert.InRange(bytes.Length, 5_000, 200_000);
        Assert.InRange(Dark(picture, SKRectI.Create(64, 120, 1072, 400)), 2_000, 200_000);
    }

    [Theory]
    [InlineData("/events/nothing/card.png")]
    [InlineData("/articles/not-yet/card.png")]
    [InlineData("/topics/nothing/card.png")]
    public async Task What_has_no_page_has_no_picture(string path)
    {
        using var answer = await site.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("A headline in English", "en")]
    [InlineData("كارسك تتهم فيلونيا بالتجسس عبر APT31 في ٢٠٢٥", "ar")]
    [InlineData("Карск обвиняет Велонию", "ru")]
    [InlineData("Η Καρσκ κατηγορεί", "el")]
    [InlineData("Łódź, Kraków, Příliš žluťoučký", "cs")]
    public void A_headline_is_drawn_where_its_script_begins(string title, string language)
    {
        using var picture = SKBitmap.Decode(Drawing.Draw(Card(title, language)));

        var (left, right) = Edges(picture, SKRectI.Create(0, 190, 1200, 320));
        Assert.True(left >= 62, $"begins at {left}");
        Assert.True(right <= 1138, $"ends at {right}");
        Assert.True(language == "ar" ? right > 1120 : left < 80, $"{left} to {right}");
    }

    [Fact]
    public void Arabic_letters_are_joined()
    {
        var face = CardFace.Serif();

        var joined = face.Shape("سسس", rightToLeft: true).Single();
        var alone = face.Shape("س", rightToLeft: true).Single();

        Assert.Equal(3, joined.Glyphs.Length);
        Assert.Equal(3, joined.Glyphs.Distinct().Count());
        Assert.DoesNotContain(alone.Glyphs[0], joined.Glyphs);
    }

    [Theory]
    [InlineData("في ٢٠٢٥، (رويترز)", "R:في|R:٢٠٢٥|R:،|R:(|R:رويترز|R:)")]
    [InlineData("عبر Windows 11 وAPT31.", "R:عبر|L:Windows|L:11|R:و|L:APT31|R:.")]
    public void Words_of_two_directions_are_told_apart(string text, string expected)
    {
        var words = CardWord.Of(text, CardFace.Serif(), rightToLeft: true);

        Assert.Equal(expected.Split('|').Select(w => w[0] == 'R'), words.Select(w => w.RightToLeft));
    }

    [Fact]
    public void What_is_too_long_is_cut_at_a_word()
    {
        var face = CardFace.Serif();
        var text = CardText.Fit(string.Join(' ', Enumerable.Repeat("word", 300)), face, false, 1072, (60, 4), (44, 6));

        Assert.Equal(44, text.Size);
        Assert.InRange(text.Width, 900, 1072);
    }

    [Fact]
    public void A_headline_in_letters_that_no_font_has_is_not_drawn_as_holes()
    {
        var face = CardFace.Serif();

        Assert.Equal("", face.Drawable("中国外交部否认指控", 400));
        Assert.Equal("Breaking: Karsk", face.Drawable("🚨 Breaking: \u202EKarsk\u0000", 400));
        Assert.Equal("e\u0301\u0301", face.Drawable("e\u0301\u0301\u0301\u0301\u0301", 400));
    }

    [Fact]
    public void Hostile_titles_neither_break_the_drawing_nor_leave_their_place()
    {
        foreach (
            var title in HostileTests
                .Titles()
                .Append(new string('W', 10_000))
                .Append(string.Concat(Enumerable.Repeat("\uFDFD", 60)))
        )
        {
            using var picture = SKBitmap.Decode(
                Drawing.Draw(Card(title, "en") with { Kick = title, Foot = title, SiteName = title })
            );

            Assert.Equal((1200, 630), (picture.Width, picture.Height));
            Assert.Equal(0, Dark(picture, SKRectI.Create(0, 0, 56, 520)));
            Assert.Equal(0, Dark(picture, SKRectI.Create(1146, 0, 54, 520)));
        }
    }

    private static ShareCard Card(string title, string language) =>
        new()
        {
            Title = title,
            TitleLanguage = language,
            SiteName = "Example",
            RightToLeft = false,
            State = EventState.Disputed,
            Kick = "Disputed",
            Foot = "2 outlets",
            Outlets = 2,
            Independent = 1,
            Counts = [1, 4, 2],
        };

    private static int Dark(SKBitmap picture, SKRectI part)
    {
        var dark = 0;
        for (var y = part.Top; y < part.Bottom; y++)
        {
            for (var x = part.Left; x < part.Right; x++)
            {
                dark += picture.GetPixel(x, y).Green < 128 ? 1 : 0;
            }
        }
        return dark;
    }

    private static (int Left, int Right) Edges(SKBitmap picture, SKRectI part)
    {
        var columns = Enumerable
            .Range(part.Left, part.Width)
            .Where(x => Dark(picture, SKRectI.Create(x, part.Top, 1, part.Height)) > 0)
            .ToList();
        return (columns[0], columns[^1]);
    }
}
