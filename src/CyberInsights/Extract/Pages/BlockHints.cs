using System.Collections.Frozen;
using AngleSharp.Dom;

namespace CyberInsights.Extract.Pages;

/// <summary>What a block's tag, role, class and id tell about it.</summary>
[Flags]
internal enum BlockHint
{
    None = 0,

    /// <summary>Named after what an article is kept in.</summary>
    Article = 1,

    /// <summary>Named after what surrounds an article.</summary>
    Surrounding = 2,

    /// <summary>Comments of readers.</summary>
    Comments = 4,

    /// <summary>Buttons to share or follow.</summary>
    Sharing = 8,

    /// <summary>Who wrote it.</summary>
    Byline = 16,

    /// <summary>The text under the headline that the article begins with.</summary>
    Lead = 32,

    /// <summary>The words under a picture.</summary>
    Caption = 64,
}

/// <summary>Reads names word by word (<c>post-comments</c>, <c>relatedArticles</c>), so that <c>download</c> is no ad.</summary>
internal static class BlockHints
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ArticleWords = Words(
        "article articlebody body blog content contents entry hentry main news post posts story storybody text artikel beitrag inhalt "
            + "contenu contenido corpo cuerpo articulo prose markdown"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SurroundingWords = Words(
        "ad ads adv advert advertisement advertising adsense anzeige werbung banner breadcrumb breadcrumbs brotkrumen cookie cookies "
            + "consent gdpr footer fussbereich header kopfbereich masthead menu menus menue nav navi navbar navigation subnav topbar toolbar pagination pager paging "
            + "popup modal overlay lightbox promo promotion promoted sponsor sponsored sidebar sidebars marginal rail related "
            + "relatedposts recommended recommendation recommendations newsletter subscribe subscription signup login "
            + "registration paywall widget widgets outbrain taboola yarpp jp-relatedposts rss skyscraper supplemental tagcloud "
            + "trending popular mostread mostpopular readmore weiterlesen toc agegate legends extra combx shoutbox remark "
            + "community disclaimer copyright imprint impressum rating ratings vote voting poll print printer tools "
            + "carousel slider slideshow hidden screenreader skip "
            + "crosslinks linkbox infobox-links authorbox bio biography aboutauthor tags taglist keywords schlagworte"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommentWords = Words(
        "comment comments commentlist commentform kommentar kommentare commentaires comentarios disqus respond replies reply "
            + "livefyre facebookcomments discussion discourse trackback trackbacks pingback pingbacks"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SharingWords = Words(
        "share shares sharing sharedaddy shareaholic addthis addtoany social socialmedia sharebar sharebuttons socials follow "
            + "teilen bookmark bookmarks shariff heateor"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BylineWords = Words(
        "byline author authors dateline writtenby autor autoren p-author postmeta entrymeta"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LeadWords = Words(
        "lead lede leadin intro introduction teaser abstract deck dek standfirst subtitle subheadline subhead subheading excerpt "
            + "summary vorspann anleser untertitel chapo chapeau sottotitolo sommario entradilla bajada copete bajante linhafina zajawka perex ingress"
    );

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CaptionWords = Words(
        "caption captions figcaption imagecaption photocaption imagedescription imgcaption bildunterschrift bildtext legende legend "
            + "credit credits photocredit imagecredit"
    );

    public static BlockHint Of(IElement element)
    {
        var hint = element.LocalName switch
        {
            "nav" or "aside" or "footer" or "menu" => BlockHint.Surrounding,
            "article" or "main" => BlockHint.Article,
            "figcaption" => BlockHint.Caption,
            _ => BlockHint.None,
        };
        if (element.GetAttribute("role") is { } role)
            hint |= OfRole(role);
        if (element.GetAttribute("itemprop") is { } property)
            hint |= OfProperty(property);
        if (element.GetAttribute("rel") is "author")
            hint |= BlockHint.Byline;
        return hint | OfNames(element.ClassName) | OfNames(element.Id);
    }

    private static BlockHint OfRole(string role) =>
        role.ToLowerInvariant() switch
        {
            "main" or "article" => BlockHint.Article,
            "navigation" or "menu" or "menubar" or "complementary" or "banner" or "contentinfo" =>
                BlockHint.Surrounding,
            "dialog" or "alertdialog" or "alert" or "search" => BlockHint.Surrounding,
            _ => BlockHint.None,
        };

    private static BlockHint OfProperty(string property) =>
        property.Contains("articleBody", StringComparison.OrdinalIgnoreCase) ? BlockHint.Article
        : property.Contains("author", StringComparison.OrdinalIgnoreCase) ? BlockHint.Byline
        : property.Contains("comment", StringComparison.OrdinalIgnoreCase) ? BlockHint.Comments
        : BlockHint.None;

    private static BlockHint OfNames(string? names)
    {
        var hint = BlockHint.None;
        if (names is not { Length: > 0 and < 2000 })
            return hint;
        foreach (var name in names.AsSpan().Split(' '))
            hint |= OfName(names.AsSpan()[name]);
        return hint;
    }

    private static BlockHint OfName(ReadOnlySpan<char> name)
    {
        var hint = OfWord(name);
        for (var start = 0; start < name.Length; )
        {
            var end = start + 1;
            while (
                end < name.Length
                && char.IsLetter(name[end])
                && !(char.IsUpper(name[end]) && char.IsLower(name[end - 1]))
            )
                end++;
            if (end - start < name.Length)
                hint |= OfWord(name[start..end].TrimStart("-_0123456789:"));
            start = end;
        }
        return hint;
    }

    private static BlockHint OfWord(ReadOnlySpan<char> word) =>
        (ArticleWords.Contains(word) ? BlockHint.Article : 0)
        | (SurroundingWords.Contains(word) ? BlockHint.Surrounding : 0)
        | (CommentWords.Contains(word) ? BlockHint.Comments : 0)
        | (SharingWords.Contains(word) ? BlockHint.Sharing : 0)
        | (BylineWords.Contains(word) ? BlockHint.Byline : 0)
        | (LeadWords.Contains(word) ? BlockHint.Lead : 0)
        | (CaptionWords.Contains(word) ? BlockHint.Caption : 0);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
