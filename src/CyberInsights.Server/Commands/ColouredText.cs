using System.Text;
using CyberInsights.Recognise;

namespace CyberInsights.Server.Commands;

/// <summary>A text with what was found in it in the colours of a terminal (ECMA-48, section 8.3.117: SGR).</summary>
internal static class ColouredText
{
    private const string Plain = "";
    private const string Cue = "1;33";
    private const string Quoted = "4";
    private const string Escape = "\u001b[";

    private static string Legend =>
        string.Join(
            "  ",
            Painted("state, body, person, place", "36"),
            Painted("actor, malware, tool", "31"),
            Painted("weakness, product", "35"),
            Painted("sector", "34"),
            Painted("what tells a stance", Cue),
            Painted("quotation", Quoted)
        );

    /// <summary>Whether colours are wanted without being asked for: on a terminal, unless NO_COLOR is set (no-color.org).</summary>
    internal static bool IsUsual(TextWriter output) =>
        output == Console.Out
        && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>The text, then what the colours mean. Control characters of the text itself are shown as dots: they could write anything.</summary>
    internal static string Of(ExplainedText explained)
    {
        var whole = explained.Whole;
        var styles = new string[whole.Length];
        Array.Fill(styles, Plain);
        foreach (var quote in explained.Statements.Select(s => s.Quote).OfType<Span>())
        {
            Mark(styles, quote, Quoted);
        }
        foreach (var mention in explained.Read.Mentions)
        {
            Mark(styles, new Span(mention.Start, mention.Length), StyleOf(mention.Entity.Kind));
        }
        foreach (var statement in explained.Statements)
        {
            Mark(styles, statement.Cue, Cue);
        }
        var text = new StringBuilder();
        var now = Plain;
        for (var i = 0; i < whole.Length; i++)
        {
            if (styles[i] != now)
            {
                now = styles[i];
                text.Append(Escape).Append(now.Length == 0 ? "0" : $"0;{now}").Append('m');
            }
            text.Append(char.IsControl(whole[i]) && whole[i] != '\n' ? '·' : whole[i]);
        }
        return $"{text}{Escape}0m\n\n{Legend}";
    }

    private static string Painted(string text, string style) => $"{Escape}0;{style}m{text}{Escape}0m";

    private static void Mark(string[] styles, Span span, string style) =>
        Array.Fill(styles, style, span.Start, Math.Min(span.Length, styles.Length - span.Start));

    private static string StyleOf(EntityKind kind) =>
        kind switch
        {
            EntityKind.Actor or EntityKind.Malware or EntityKind.Tool => "31",
            EntityKind.Vulnerability or EntityKind.Product => "35",
            EntityKind.Sector => "34",
            _ => "36",
        };
}
