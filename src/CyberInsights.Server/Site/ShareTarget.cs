namespace CyberInsights.Server.Site;

/// <summary>
/// A house at which a page can be told of: a plain address that opens there when a reader wants it, with nothing that tells the
/// house before. The addresses are those that the houses document for links.
/// </summary>
/// <param name="Key">As the setting names it.</param>
/// <param name="Name">A name of its own; null for mail, which each language names itself.</param>
/// <param name="Pattern">{0} is the title, {1} the address of the page, both escaped.</param>
public sealed record ShareTarget(string Key, string? Name, string Pattern)
{
    /// <summary>All houses, in the order of showing.</summary>
    internal static IReadOnlyList<ShareTarget> All { get; } =
    [
        new("mail", null, "mailto:?subject={0}&body={1}"),
        new("x", "X", "https://x.com/intent/post?text={0}&url={1}"),
        new("threads", "Threads", "https://www.threads.com/intent/post?text={0}&url={1}"),
        new("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={1}"),
        new("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={0}%20{1}"),
        new("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={1}"),
        new("whatsapp", "WhatsApp", "https://wa.me/?text={0}%20{1}"),
        new("telegram", "Telegram", "https://t.me/share/url?url={1}&text={0}"),
    ];

    internal string Address(string title, Uri page) =>
        string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            Pattern,
            Uri.EscapeDataString(title),
            Uri.EscapeDataString(page.AbsoluteUri)
        );
}
