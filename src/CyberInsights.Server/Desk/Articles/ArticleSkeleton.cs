using System.Text;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk.Articles;

/// <summary>
/// The beginning of an article about an event: what its dossier has, each with where it is from. Every sentence in it is a report's own
/// words between quotation marks, or a heading; nothing is made up.
/// </summary>
internal static class ArticleSkeleton
{
    private const int MaxStatements = 8;
    private const int MaxFacts = 10;
    private const int MaxSources = 12;

    internal static string Of(DossierPage dossier, Language language)
    {
        var text = new StringBuilder();
        text.Append("{{event: ").Append(dossier.Event.Slug).Append("}}\n\n");
        var cited = new List<ReportSource>();
        Section(
            text,
            language.Strings["desk.skeleton.happened"],
            dossier.Summary.Select(s => Quoted(s.Text, s.Source, cited))
        );
        var facts = dossier.Facts;
        Section(
            text,
            language.Strings["desk.skeleton.facts"],
            new[] { facts.Kinds, facts.Victims, facts.Sectors, facts.Dates, facts.Numbers }
                .SelectMany(f => f)
                .Take(MaxFacts)
                .Select(f => Quoted(f.Words, f.Source, cited))
        );
        var told = dossier.Statements.OrderBy(s => s.Quote is null).Take(MaxStatements).OrderBy(s => s.At).ToList();
        if (told.Count > 0)
        {
            text.Append("## ").Append(language.Strings["desk.skeleton.said"]).Append("\n\n");
            foreach (var statement in told)
            {
                text.Append("{{statement: ").Append(statement.Id).Append("}}\n\n");
                cited.Add(statement.Source);
            }
        }
        Section(
            text,
            language.Strings["desk.skeleton.sources"],
            dossier
                .Primary.Select(p => Link(p.Title ?? p.Publisher, p.Address))
                .Concat(
                    cited
                        .Where(c => c.Address is not null)
                        .DistinctBy(c => c.Address)
                        .Select(c => Link(c.Name, c.Address!))
                )
                .Distinct()
                .Take(MaxSources)
        );
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            text.Append("## ").Append(title).Append("\n\n");
            text.AppendJoin('\n', all.Select(l => $"- {l}")).Append("\n\n");
        }
    }

    private static string Quoted(string words, ReportSource source, List<ReportSource> cited)
    {
        cited.Add(source);
        var quoted = Language.Quoted(Escape(words), source.Language);
        return source.Address is { } address
            ? $"{quoted} ({Link(source.Name, address)})"
            : $"{quoted} ({Escape(source.Name)})";
    }

    private static string Link(string words, Uri address) => $"[{Escape(words)}](<{address.AbsoluteUri}>)";

    // What others wrote is text and no Markdown.
    private static string Escape(string words)
    {
        var escaped = new StringBuilder(words.Length);
        foreach (var c in words.ReplaceLineEndings(" "))
        {
            if (c < 0x80 && (char.IsPunctuation(c) || char.IsSymbol(c)) && "\\`*_{}[]<>()#+!|~$^=&".Contains(c))
            {
                escaped.Append('\\');
            }
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
