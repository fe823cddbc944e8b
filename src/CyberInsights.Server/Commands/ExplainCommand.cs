using System.CommandLine;
using System.Globalization;
using System.Text;
using CyberInsights.Extract;
using CyberInsights.Extract.Pages;
using CyberInsights.Net;
using CyberInsights.Recognise;

namespace CyberInsights.Server.Commands;

internal static class ExplainCommand
{
    internal static Command Create(TextWriter output)
    {
        var input = new Argument<string>("FILE|URL")
        {
            Description = "A text file (first line: headline), or a page as file or address.",
        };
        var language = new Option<string?>("--language")
        {
            Description = "Language of the text (en, de, cs, ar); guessed without it.",
        };
        var command = new Command(
            "explain",
            "Show what recognise makes of a text: entities, links between them, topics, and who says what with the words that prove it."
        )
        {
            input,
            language,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                using var http = new GuardedHttp(new OutboundPolicy(), TimeProvider.System);
                var document = await Document.OpenAsync(result.GetRequiredValue(input), http, cancel);
                var (title, text, declared) = TextOf(document);
                var spoken = result.GetValue(language) ?? LanguageOf.Guess($"{title}\n{text}", declared);
                var read = Recogniser.Read(title, text, spoken);
                await output.WriteAsync(Describe(read, $"{title}\n{text}"));
                var relevance = FieldRelevance.Judge(title, text, spoken);
                await output.WriteLineAsync(
                    $"Relevance  {(relevance.IsRelevant ? "about our field" : "not about our field")}, {relevance.Reason}"
                );
                return 0;
            }
        );
        return command;
    }

    private static (string Title, string Text, string? Language) TextOf(Document document)
    {
        var decoded = Text.Decoder.Decode(document.Body, document.ContentType);
        if (decoded.TrimStart().StartsWith('<'))
        {
            var page = PageReader.Read(document.Body, document.ContentType, document.Address);
            return (page.Title ?? "", page.Text, page.Language);
        }
        var lines = decoded.Trim().Split('\n', 2);
        return (lines[0].Trim(), lines.Length > 1 ? lines[1].Trim() : "", null);
    }

    private static string Describe(Recognition read, string whole)
    {
        var text = new StringBuilder();
        text.AppendLine("Who says what");
        foreach (var statement in read.Statements)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {statement.Stance, -8} {statement.SpeakerName}{(statement.SpeakerRole is { } role ? $" ({role})" : "")}"
            );
            text.AppendLine(statement.TargetName is { } target ? $" -> {target}" : "");
            var said = statement.Quote is { } quote ? quote : statement.Sentence;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"           {(statement.Quote is null ? "" : "quoted: ")}{whole.Substring(said.Start, said.Length).ReplaceLineEndings(" ")} [{said.Start}+{said.Length}, {statement.Confidence:0.00}]"
            );
        }
        text.AppendLine("Entities");
        foreach (var entity in read.Mentions.GroupBy(m => m.Entity.Key).OrderByDescending(g => g.Count()))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {entity.First().Entity.Kind, -13} {entity.First().Entity.Name} x{entity.Count()} ({string.Join(", ", entity.Select(m => m.Reason).Distinct())})"
            );
        }
        foreach (var indicator in read.Indicators)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {indicator.Kind, -13} {indicator.Value}");
        }
        foreach (var link in read.Links)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {link.From.Name} {link.Kind} {link.To.Name}");
        }
        return text.Append("Topics  ").AppendJoin(", ", read.Topics.Select(t => t.Section)).AppendLine().ToString();
    }
}
