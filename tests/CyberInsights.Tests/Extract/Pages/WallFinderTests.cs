using System.Text;
using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class WallFinderTests
{
    private const string Brief =
        "The harbour office said on Monday that its mail was down for two days, and that work went on by telephone. "
        + "Nobody knows yet how the attackers came in, and the police look into it with two other offices along the coast.";

    [Theory]
    [InlineData(
        "Just a moment...",
        "harbour.example needs to review the security of your connection before proceeding."
    )]
    [InlineData("Attention Required! | Shield", "Sorry, you have been blocked.")]
    [InlineData("harbour.example", "Unusual traffic from your computer network was seen. Tick the box to go on.")]
    [InlineData("Один момент…", "Подтвердите, что вы человек.")]
    [InlineData("请稍候", "请完成安全验证后继续访问。")]
    [InlineData("لحظة من فضلك", "تحقق من أنك إنسان للمتابعة.")]
    public void A_check_for_robots_is_a_wall(string title, string text) =>
        Assert.Equal(WallKind.BotCheck, Read(title, text)?.Kind);

    [Theory]
    [InlineData(
        "We value your privacy",
        "We and our partners store and access information on a device, such as cookies."
    )]
    [InlineData(
        "Hafenblatt",
        "Wir und unsere Partner verarbeiten Daten. Mit Werbung und Tracking weiterlesen oder Abo wählen."
    )]
    [InlineData(
        "Le Port",
        "Nous et nos partenaires déposons des cookies. Vous pouvez accepter et continuer, ou choisir."
    )]
    [InlineData("El Puerto", "Utilizamos cookies propias y de terceros para mostrarle publicidad según sus hábitos.")]
    [InlineData("Liman", "Sitemizde çerezleri kullanıyoruz. Ayrıntılar için politikamıza bakın.")]
    [InlineData("Порт", "Мы используем файлы cookie, чтобы сайт работал лучше для вас.")]
    [InlineData("الميناء", "نحن نستخدم ملفات تعريف الارتباط لتحسين تجربتك على الموقع.")]
    public void A_consent_dialogue_is_a_wall(string title, string text) =>
        Assert.Equal(WallKind.Consent, Read(title, text)?.Kind);

    [Theory]
    [InlineData("Subscribe to continue reading")]
    [InlineData("You've reached your limit of free articles this month.")]
    [InlineData("Jetzt abonnieren und weiterlesen")]
    [InlineData("Cet article est réservé aux abonnés.")]
    [InlineData("Suscríbete para seguir leyendo")]
    [InlineData("Contenuto riservato agli abbonati")]
    [InlineData("Assine para continuar lendo")]
    [InlineData("この記事は会員限定です。")]
    [InlineData("订阅后继续阅读")]
    [InlineData("Чтобы продолжить чтение, оформите подписку.")]
    [InlineData("اشترك لمواصلة القراءة")]
    public void A_beginning_with_an_offer_to_subscribe_is_a_wall(string offer)
    {
        var wall = Read("Mail outage at the harbour", $"{Brief}</p></article><div class=paywall>{offer}</div><p>");
        Assert.Equal(WallKind.Subscription, wall?.Kind);
        Assert.Contains("asks for a subscription (\"", wall!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("\"False\"", true)]
    [InlineData("\"http://schema.org/False\"", true)]
    [InlineData("true", false)]
    public void A_short_article_that_says_it_is_not_free_is_a_wall(string free, bool walled) =>
        Assert.Equal(
            walled,
            Read(
                "Mail outage",
                $$"""{{Brief}}</p><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":{{free}}}</script><p>"""
            )
                is not null
        );

    [Theory]
    [InlineData("404 Not Found", "The page is gone.")]
    [InlineData("Page not found - Harbour News", "Try the search.")]
    [InlineData("Seite nicht gefunden | Hafenblatt", "Die Seite gibt es nicht.")]
    [InlineData("Página no encontrada", "Vuelva al inicio.")]
    [InlineData("ページが見つかりません", "お探しのページはありません。")]
    [InlineData("الصفحة غير موجودة", "عد إلى الصفحة الرئيسية.")]
    public void An_error_sent_as_a_page_is_a_wall(string title, string text) =>
        Assert.Equal(WallKind.Error, Read(title, text)?.Kind);

    [Theory]
    [InlineData("Mail outage at the harbour", Brief)]
    [InlineData("Access denied: how the harbour lost its mail", Brief)]
    [InlineData("Captcha farms sell the work of thousands", Brief)]
    [InlineData("Mail outage", Brief + "</p></article><div class=banner>We use cookies. Accept all cookies</div><p>")]
    [InlineData("Mail outage", Brief + "</p></article><footer>Subscribe to our newsletter</footer><p>")]
    [InlineData("Mail outage", Brief + "</p><p hidden>Subscribe to continue reading</p><p>")]
    [InlineData(
        "Browsers drop third-party cookies",
        Brief + "</p><p>We use cookies, the office said, to keep people signed in."
    )]
    public void A_short_article_is_none(string title, string text) => Assert.Null(Read(title, text));

    [Fact]
    public void A_long_text_is_an_article_whatever_stands_around_it() =>
        Assert.Null(
            Read(
                "Mail outage",
                string.Concat(Enumerable.Repeat($"<p>{Brief}</p>", 8))
                    + "</article><p>Subscribe to continue reading</p>"
            )
        );

    private static PageWall? Read(string title, string text) =>
        PageReader
            .Read(
                Encoding.UTF8.GetBytes(
                    $"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
                ),
                "text/html; charset=utf-8",
                new Uri("https://harbour.example/story")
            )
            .Wall;
}
