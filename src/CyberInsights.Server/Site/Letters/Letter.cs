using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CyberInsights.Server.Site.Letters;

/// <summary>
/// A mail written twice at once: as text, and as markup that says the same, without colours, pictures or anything to load, so that it reads
/// well wherever it is opened.
/// </summary>
internal sealed class Letter(Language language)
{
    // The measure of the site; everything else is the reader's own.
    private const string Page =
        "max-width:40em;margin:0 auto;padding:1em;font-family:Georgia,'Times New Roman',serif;line-height:1.5";
    private const string Rule = "border-top:1px solid;padding-top:.6em;margin-top:2em";
    private const string Small = "font-size:.85em";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new();
    private readonly StringBuilder html = new();

    internal void Title(string words)
    {
        text.Append(words).Append("\n\n");
        html.Append("<h1 style=\"font-size:1.5em\">").Append(Marked(words)).Append("</h1>");
    }

    internal void Section(string words)
    {
        text.Append("\n\n== ").Append(words).Append(" ==\n");
        html.Append($"<h2 style=\"font-size:1.1em;{Rule}\">").Append(Marked(words)).Append("</h2>");
    }

    /// <summary>A headline that leads to its page.</summary>
    /// <param name="tongue">BCP 47, of the words.</param>
    internal void Headline(string words, string tongue, Uri address)
    {
        text.Append('\n').Append(words).Append('\n').Append(address.AbsoluteUri).Append('\n');
        html.Append("<h3 style=\"font-size:1.15em;margin:1.4em 0 .2em\">")
            .Append(Linked(words, address, tongue))
            .Append("</h3>");
    }

    internal void Note(string words)
    {
        text.Append(words).Append('\n');
        html.Append($"<p style=\"{Small};margin:.2em 0\">").Append(Marked(words)).Append("</p>");
    }

    /// <summary>Somebody's words with their source.</summary>
    /// <param name="before">Our own words before them.</param>
    /// <param name="note">Our own words after them.</param>
    internal void Sourced(string before, string words, string tongue, string source, Uri? address, string? note = null)
    {
        var origin = note is null ? source : $"{source}; {note}";
        text.Append(before).Append(words).Append(" (").Append(origin);
        text.Append(address is null ? ")\n" : $": {address.AbsoluteUri})\n");
        html.Append("<p style=\"margin:.4em 0\">")
            .Append(Marked(before))
            .Append(words.Length == 0 ? "" : Tongue(words, tongue))
            .Append(" (")
            .Append(address is null ? Isolated(source) : Linked(source, address, null))
            .Append(note is null ? "" : Marked($"; {note}"))
            .Append(")</p>");
    }

    /// <summary>Entries of a list.</summary>
    internal void Points(IReadOnlyList<string> points)
    {
        if (points.Count == 0)
        {
            return;
        }
        html.Append("<ul style=\"margin:.4em 0\">");
        foreach (var point in points)
        {
            text.Append("* ").Append(point).Append('\n');
            html.Append("<li>").Append(Marked(point)).Append("</li>");
        }
        html.Append("</ul>");
    }

    /// <summary>Markup that is clean already, beside the text it was made of.</summary>
    internal void Markup(string plain, string clean)
    {
        text.Append(plain.Trim()).Append('\n');
        html.Append("<div>").Append(clean).Append("</div>");
    }

    internal void Paragraph(string words)
    {
        text.Append(words).Append("\n\n");
        html.Append("<p>").Append(Marked(words)).Append("</p>");
    }

    /// <summary>An address to be opened, in sight. It may hold a mark of a mailing, so it is text.</summary>
    internal void Call(string words, string address)
    {
        text.Append(words).Append('\n').Append(address).Append("\n\n");
        html.Append("<p>").Append(Marked(words)).Append("<br><a href=\"").Append(address).Append("\" dir=\"ltr\">");
        html.Append(address).Append("</a></p>");
    }

    internal void Link(string words, Uri address)
    {
        text.Append(words).Append('\n').Append(address.AbsoluteUri).Append('\n');
        html.Append($"<p style=\"{Small};margin:.2em 0\">").Append(Linked(words, address, null)).Append("</p>");
    }

    /// <summary>Who writes, and how to change or end it. The addresses may hold the marks of a mailing, so they are text.</summary>
    internal void Close(string imprint, IReadOnlyList<(string Words, string Address)> links)
    {
        text.Append("\n-- \n").Append(imprint).Append('\n');
        html.Append($"<div style=\"{Rule};{Small}\"><p>").Append(Marked(imprint)).Append("</p>");
        foreach (var (words, address) in links)
        {
            text.Append('\n').Append(words).Append('\n').Append(address).Append('\n');
            html.Append("<p><a href=\"").Append(address).Append("\">").Append(Marked(words)).Append("</a></p>");
        }
        html.Append("</div>");
    }

    internal (string Text, string Html) Done(string title) =>
        (
            text.ToString(),
            $"<!DOCTYPE html><html lang=\"{language.Code}\" dir=\"{language.Direction}\"><head><meta charset=\"utf-8\">"
                + $"<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>{Marked(title)}</title></head>"
                + $"<body style=\"margin:0\"><div lang=\"{language.Code}\" dir=\"{language.Direction}\" style=\"{Page}\">{html}</div></body></html>"
        );

    private static string Marked(string words) => Encoder.Encode(words);

    private static string Isolated(string words) => $"<bdi>{Marked(words)}</bdi>";

    private string Linked(string words, Uri address, string? tongue) =>
        $"<a href=\"{Encoder.Encode(address.AbsoluteUri)}\">{(tongue is null ? Isolated(words) : Tongue(words, tongue))}</a>";

    private string Tongue(string words, string tongue) =>
        tongue == language.Code ? Marked(words)
        : tongue is "und" or "" ? Isolated(words)
        : $"<span lang=\"{Encoder.Encode(tongue)}\" dir=\"{Language.DirectionOf(tongue)}\">{Marked(words)}</span>";
}
