using CyberInsights.Extract;

namespace CyberInsights.Tests.Extract;

public sealed class FieldRelevanceTests
{
    [Theory]
    [InlineData("en", "Ransomware gang hits hospital group")]
    [InlineData("en", "Lawmakers agree on AI Act")]
    [InlineData("en", "Hackers leak files of a ministry")]
    [InlineData("de", "Hackerangriff auf Stadtwerke: Datenleck bestätigt")]
    [InlineData("de", "KI soll Behörden entlasten")]
    [InlineData("fr", "Une cyberattaque paralyse un hôpital")]
    [InlineData("es", "Un ciberataque deja sin servicio al ayuntamiento")]
    [InlineData("pt", "Vazamento de dados expõe milhões de clientes")]
    [InlineData("it", "Attacco informatico al comune, dati in vendita")]
    [InlineData("nl", "Datalek bij gemeente door kwetsbaarheid")]
    [InlineData("pl", "Cyberatak na szpital, wyciek danych pacjentów")]
    [InlineData("cs", "Hackeři ochromili nemocnici, jde o kybernetický útok")]
    [InlineData("ru", "Хакеры взломали сайт министерства")]
    [InlineData("uk", "Кібератака на державні реєстри")]
    [InlineData("ja", "病院でランサムウェア被害、情報漏洩か")]
    [InlineData("ko", "병원 랜섬웨어 감염, 개인정보 유출")]
    [InlineData("ko", "정부, AI의 위험을 경고")]
    [InlineData("zh", "医院遭勒索软件攻击，数据泄露")]
    [InlineData("ar", "هجوم سيبراني يعطل المستشفيات")]
    public void A_headline_of_our_field_is_known_in_its_language(string language, string title) =>
        Assert.True(
            FieldRelevance.Judge(title, "", language).IsRelevant,
            FieldRelevance.Judge(title, "", language).Reason
        );

    [Theory]
    [InlineData("en", "Striker suffers heart attack after Champions League match")]
    [InlineData("en", "The best mattress deals of Prime Day on Amazon")]
    [InlineData("en", "Parliament votes on farm subsidies")]
    [InlineData("en", "Navy arrests 23 pirates in the Gulf of Aden")]
    [InlineData("it", "Oggi ai mercati generali di Milano")]
    [InlineData("fr", "J'ai visité la nouvelle exposition")]
    [InlineData("de", "Der Bundestag streitet über die Rente")]
    [InlineData("cs", "Vláda schválila rozpočet na příští rok")]
    [InlineData("ja", "東京で桜が満開")]
    [InlineData("ar", "افتتاح معرض الكتاب في القاهرة")]
    public void Another_headline_is_not(string language, string title) =>
        Assert.False(
            FieldRelevance.Judge(title, "", language).IsRelevant,
            FieldRelevance.Judge(title, "", language).Reason
        );

    [Fact]
    public void The_reason_names_the_words_and_their_points()
    {
        var score = FieldRelevance.Judge("Ransomware again", "The attackers took everything.", "en");

        Assert.Equal("7 of 3 points: ransomware 6 (title), attackers 1", score.Reason);
    }

    [Fact]
    public void Only_the_beginning_of_a_text_counts()
    {
        var text = $"{new string('x', 600)} ransomware";

        Assert.False(FieldRelevance.Judge("A long day", text, "en").IsRelevant);
        Assert.True(FieldRelevance.Judge("A long day", text[50..], "en").IsRelevant);
    }
}
