using CyberInsights.Extract.Pages;

namespace CyberInsights.Tests.Extract.Pages;

public sealed class LanguageOfTests
{
    [Theory]
    [InlineData("The water works said that its systems were off.", "en-GB", "en")]
    [InlineData("The water works said that its systems were off.", "de", "de")]
    [InlineData("Výpadek systémů", "CS_cz", "cs")]
    [InlineData("Vodárna", "eng", "en")]
    [InlineData("قالت الشركة إن أنظمتها توقفت", "en", "ar")]
    [InlineData("قالت الشركة إن أنظمتها توقفت", "fa", "fa")]
    [InlineData("شرکت گفت که سامانه‌های آن پس از حمله‌ای چند ساعته متوقف شد", null, "fa")]
    [InlineData("החברה אמרה", null, "he")]
    [InlineData("Η εταιρεία είπε", null, "el")]
    [InlineData("บริษัทกล่าวว่า", null, "th")]
    [InlineData("회사는 말했다", "en", "ko")]
    [InlineData("水道局は火曜日に発表した", null, "ja")]
    [InlineData("自来水公司周二表示", null, "zh")]
    [InlineData("自来水公司周二表示", "ja", "ja")]
    [InlineData("Водоканал повідомив про збій", null, "uk")]
    [InlineData("Водоканал сообщил, что системы были отключены", null, "ru")]
    [InlineData("Водоканал", "sr-Cyrl", "sr")]
    [InlineData("Предузеће", "en", "bg", "ru", "uk")]
    [InlineData("", "de-AT", "de")]
    [InlineData("", null, "und")]
    [InlineData("12:30 - 14", null, "und")]
    [InlineData("12:30", "../../../x\"><img onerror=hx(1)>", "und")]
    [InlineData("12:30", "und", "und")]
    public void What_is_declared_wins_unless_the_script_disagrees(
        string text,
        string? declared,
        params string[] expected
    ) => Assert.Contains(LanguageOf.Guess(text, declared), expected);

    [Theory]
    [InlineData("Die Wasserwerke teilten am Dienstag mit, dass ihre Anlagen abgeschaltet wurden.", "de")]
    [InlineData("Vodárna v úterý oznámila, že její systémy byly kvůli útoku odpojeny od sítě.", "cs")]
    [InlineData("Le service des eaux a annoncé mardi que ses systèmes avaient été arrêtés.", "fr")]
    [InlineData("The water works said on Tuesday that its control systems were switched off.", "en")]
    [InlineData("El servicio de aguas anunció el martes que sus sistemas fueron apagados.", "es")]
    public void Letters_tell_where_nothing_is_declared(string text, string language)
    {
        Assert.Equal(language, LanguageOf.Guess(text, null));
        Assert.Equal(language, LanguageOf.Guess(text, "../x"));
    }
}
