using System.Globalization;
using System.Net;
using System.Text;
using CyberInsights.Text;

namespace CyberInsights.Edit;

/// <summary>
/// A chart as it is written in an article, in a fenced block called <c>chart</c>: lines <c>title:</c>, <c>unit:</c>, <c>source:</c>, and
/// <c>label: number</c> for each bar. Numbers have a point before their decimals and nothing between thousands.
/// </summary>
internal static class ChartText
{
    /// <summary>What a fenced block says of itself to be one.</summary>
    internal const string Name = "chart";

    /// <summary>Null: it is no chart, and <paramref name="fault"/> is the line at fault, or empty where title or bars are missing or too many.</summary>
    internal static Chart? Read(string text, out string? fault)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var bars = new List<ChartBar>();
        fault = null;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            if (!TakeWords(line, named) && !TakeBar(line, bars))
            {
                fault = line;
                return null;
            }
        }
        if (named.GetValueOrDefault("title", "").Length == 0 || bars.Count is 0 or > Chart.MaxBars)
        {
            fault = "";
            return null;
        }
        var (source, address) = SourceOf(named.GetValueOrDefault("source", ""));
        return new Chart
        {
            Title = named["title"],
            Unit = named.GetValueOrDefault("unit", ""),
            Source = source,
            SourceAddress = address,
            Bars = bars,
        };
    }

    /// <summary>The numbers as a table, for where no picture is drawn: feeds, mail, search.</summary>
    internal static string Html(Chart chart)
    {
        var html = new StringBuilder($"<p><strong>{Encoded(chart.Title)}</strong></p><table><tbody>");
        foreach (var bar in chart.Bars)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th>{Encoded(bar.Label)}</th><td>{bar.Number} {Encoded(chart.Unit)}</td></tr>"
            );
        }
        html.Append("</tbody></table><p>").Append(Encoded(chart.Source));
        if (chart.SourceAddress.Length > 0)
        {
            var address = Encoded(chart.SourceAddress);
            html.Append(CultureInfo.InvariantCulture, $" <a href=\"{address}\">{address}</a>");
        }
        return html.Append("</p>").ToString();
    }

    // A name that was there already may be the label of a bar.
    private static bool TakeWords(string line, Dictionary<string, string> named)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : line[..colon].TrimEnd().ToLowerInvariant();
        var words = PlainText.OneLine(line[(colon + 1)..].Trim(), Chart.MaxWords + 1);
        return name is "title" or "unit" or "source" && words.Length <= Chart.MaxWords && named.TryAdd(name, words);
    }

    private static bool TakeBar(string line, List<ChartBar> bars)
    {
        var colon = line.LastIndexOf(':');
        var label = colon < 0 ? "" : PlainText.OneLine(line[..colon].Trim(), Chart.MaxLabel + 1);
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (
            label.Length is 0 or > Chart.MaxLabel
            || !double.TryParse(line[(colon + 1)..].Trim(), style, CultureInfo.InvariantCulture, out var number)
            || !(Math.Abs(number) <= Chart.MaxNumber)
        )
        {
            return false;
        }
        bars.Add(new ChartBar(label, number));
        return true;
    }

    private static (string Words, string Address) SourceOf(string written)
    {
        var parts = written.Split(' ');
        var address = Array.FindLast(
            parts,
            p =>
                Uri.TryCreate(p, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.UserInfo.Length == 0
        );
        return address is null
            ? (written, "")
            : (
                string.Join(' ', parts.Where(p => p != address)).TrimEnd(' ', ',', ':', ';'),
                new Uri(address).AbsoluteUri
            );
    }

    private static string Encoded(string words) => WebUtility.HtmlEncode(words);
}
