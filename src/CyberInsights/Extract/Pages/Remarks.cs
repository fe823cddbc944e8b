using System.Text.RegularExpressions;

namespace CyberInsights.Extract.Pages;

/// <summary>
/// Short paragraphs that stand in an article without being part of it: pointers to other articles, picture credits, labels of
/// advertising, calls to subscribe or follow.
/// </summary>
internal static partial class Remarks
{
    private const int MaxLength = 300;

    public static bool Is(PageNode node)
    {
        if (node.Chars is 0 or > MaxLength || node.HoldsBlocks)
            return false;
        var text = node.PlainText()
            .Trim(' ', '-', '*', '[', ']', '(', ')', '>', '\u25BA', '\u2192', '\u00BB', '\u2022', ':');
        if (text.Length == 0)
            return false;
        if (Label().IsMatch(text) || Rights().IsMatch(text))
            return true;
        if (Pointer().IsMatch(text))
            return node.LinkDensity > 0.3 || text.Length < 40;
        if (text.Length < 120 && Credit().IsMatch(text))
            return true;
        return Call().IsMatch(text)
            && (node.LinkChars > 0 || node.Element?.FirstElementChild is not null || text.Length < 120);
    }

    [GeneratedRegex(
        @"^(?:advertisement|advertising|sponsored(?: content)?|anzeige|werbung|publicit[ée]|pubblicit[àa]|publicidad(?:e)?|reklama?|mainos|annonse?|advertentie|реклама|广告|広告|إعلان|read more|weiterlesen|continue reading|loading\W*|wird geladen\W*|share(?: this)?(?: article| story)?|teilen(?: mit)?|share on .{0,30}|print|drucken|comments?|kommentare?|0 comments|tags?)\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Label();

    [GeneratedRegex(
        @"^(?:(?:please )?(?:see|read) also|also (?:read|see|on)\b|read (?:more|next|this|the full)|more (?:on|from|about)\b|related(?: (?:articles?|stories|posts?|content|news|reading|links?|topics?))?\b|recommended|you (?:may|might) (?:also )?(?:like|be interested)|watch(?: (?:also|more|now|this))?:|don.t miss|trending|most read|up next"
            + @"|(?:lesen|sehen|hören) sie (?:auch|hier|mehr|dazu|das)|auch interessant|auch auf\b|das könnte (?:sie|dich)|mehr (?:zum|zu|dazu|lesen|infos?)\b|siehe auch|lies auch|passend dazu|zum weiterlesen|weitere (?:artikel|infos|informationen|themen)|zum thema|ähnliche (?:beiträge|artikel)|empfohlene"
            + @"|(?:à|a) (?:lire|voir)(?: aussi)?|lire (?:aussi|également|la suite)|voir aussi|sur le même (?:sujet|thème)|ceci pourrait"
            + @"|(?:lea|lee|leer|ver|mire|mira|vea|lea) (?:también|además|más|tambien)|(?:mire|mira|lea|vea):|también:|te puede interesar|puede interesar|te recomendamos|notas? relacionadas?|le puede"
            + @"|leia (?:também|mais|tambem)|veja (?:também|mais)|saiba mais|leggi anche|vedi anche|potrebbe interessarti|approfondisci"
            + @"|czytaj (?:też|także|również|więcej|dalej)|zobacz (?:też|także|również|więcej)|przeczytaj|polecamy|čtěte (?:také|i|více)|přečtěte si|viz (?:také|též)|čítajte (?:aj|viac)|lees (?:ook|meer|verder)|bekijk ook|läs (?:också|mer|även)|les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)|olvasd? (?:el|tovább)|ezek is|citește și|vezi și|ayrıca|ilgili haber|читайте (?:также|ещё|еще|по теме)|смотрите также|по теме|читайте також|διαβάστε|اقرأ (?:أيضا|أيضًا|المزيد)|شاهد أيضا|קראו (?:גם|עוד)|関連記事|あわせて読みたい|相关(?:阅读|新闻|文章)|延伸阅读|관련 ?기사)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Pointer();

    [GeneratedRegex(
        @"^(?:(?:photo(?:graph)?s?|image|picture|video|cover|featured image|illustration)(?: credits?| courtesy| by| source| via)?\s*:|(?:photos?|images?) (?:by|via|courtesy)\b|credits?\s*:|(?:foto|fotos|bild|bilder|titelbild|beitragsbild|symbolbild|bildquelle|bildnachweis|quelle|fotocredit|grafik)\s*[:/©|]|crédits? ?photos?\s*:|photo\s*[:©]|©|\(c\)|copyright\b|fonte\s*:|fuente\s*:|źródło\s*:|fot\.|foto\.|zdroj\s*:|фото\s*:|via\s*:|source\s*:)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Credit();

    [GeneratedRegex(
        @"(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|wszelkie prawa zastrzeżone|všechna práva vyhrazena|все права защищены|may not be published, broadcast|prior written permission|is the copyrighted property)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Rights();

    [GeneratedRegex(
        @"^(?:follow (?:us|the|me|our|him|her|@|\w+ on)|subscribe\b|sign up\b|join (?:us|our|the conversation)|download (?:our|the|now)|like us|get (?:the latest|our|all the|breaking|more)|stay (?:up to date|informed|tuned|connected)|for (?:the latest|more) (?:news|stories|on|information|updates)|never miss|want (?:more|to)|do you want to|found this article|did you (?:like|enjoy)|enjoyed? this|support (?:us|our|independent)|contact us|send us|have a (?:tip|story)|got a (?:tip|story)|click here|this (?:article|story|post) (?:was|is|first|originally|has been|appeared|contains)\b.{0,40}(?:published|appeared|affiliate|copyright|generated|sponsored)|listen to|register now|become a member|donate"
            + @"|folgen sie|folge uns|abonnieren sie|jetzt (?:abonnieren|anmelden|lesen|kaufen|newsletter)|newsletter|hier (?:klicken|geht)|gefällt (?:dir|ihnen)|bleiben sie|melden sie sich|suivez|abonnez|inscrivez|rejoignez|síguenos|suscríbe|únete|siga\b.{0,20}(?:no|nas)|assine|inscreva|seguici|iscriviti|abbonati|obserwuj|dołącz|zapisz się|sledujte|přihlaste|volg ons|abonneer|следите|подпис|تابعنا|اشترك)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        Patience.Milliseconds
    )]
    private static partial Regex Call();
}
