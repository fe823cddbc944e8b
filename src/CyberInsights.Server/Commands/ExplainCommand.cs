using System.CommandLine;
using System.Globalization;
using System.Text;
using CyberInsights.Extract;
using CyberInsights.Net;
using CyberInsights.Recognise.Proposing;

namespace CyberInsights.Server.Commands;

internal static class ExplainCommand
{
    internal static Command Create(TextWriter output)
    {
        var inputs = new Argument<string[]>("FILE|URL")
        {
            Description = "Text files (first line: headline), or pages as files or addresses.",
            Arity = ArgumentArity.OneOrMore,
        };
        var language = new Option<string?>("--language")
        {
            Description = "Language of the texts (en, de, cs, fr, es, ru, ar, zh); guessed without it.",
        };
        var date = new Option<DateOnly?>("--date")
        {
            Description =
                "When the texts were published (2026-03-02), which \"on Tuesday\" counts from; of a page its own date without it.",
        };
        var colour = new Option<bool?>("--color")
        {
            Description =
                "Show the text itself in colours: names, words that tell a stance, quotations. Usual on a terminal, unless NO_COLOR is set; `--color false` without.",
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON a text, for machines." };
        var command = new Command(
            "explain",
            "Show what recognise makes of texts: entities, links between them, sections, facts, and who says what with the words that prove it."
        )
        {
            inputs,
            language,
            date,
            colour,
            json,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                using var http = new GuardedHttp(new OutboundPolicy(), TimeProvider.System);
                using var model = CommandLine.Settings().LanguageModel is { } set
                    ? new LanguageModel(set, TimeProvider.System)
                    : null;
                var coloured = result.GetValue(colour) ?? ColouredText.IsUsual(output);
                foreach (var input in result.GetRequiredValue(inputs))
                {
                    var document = await Document.OpenAsync(input, http, cancel);
                    var explained = ExplainedText.Of(
                        document,
                        result.GetValue(language),
                        Moment(result.GetValue(date))
                    );
                    explained = model is null ? explained : await explained.AskAsync(model, cancel);
                    await output.WriteLineAsync(
                        result.GetValue(json) ? ExplainJson.Of(explained)
                        : coloured ? $"{ColouredText.Of(explained)}\n\n{Describe(explained)}"
                        : Describe(explained)
                    );
                }
                return 0;
            }
        );
        return command;
    }

    private static void Propose(StringBuilder text, ExplainedText explained)
    {
        if (explained.Proposed is not { } proposed)
        {
            return;
        }
        text.AppendLine(
            proposed.Proven is { } proven
                ? $"Machine translations ({explained.Model}; {proven.Dropped} of its proposals are dropped, as the text does not prove them)"
                : proposed.Error
        );
        foreach (var translation in proposed.Proven?.Translations ?? [])
        {
            var said = explained.Whole.Substring(translation.Span.Start, translation.Span.Length);
            text.AppendLine(CultureInfo.InvariantCulture, $"  {said.ReplaceLineEndings(" ")} = {translation.English}");
        }
    }

    private static DateTimeOffset? Moment(DateOnly? day) =>
        day is { } known ? new DateTimeOffset(known, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static string Describe(ExplainedText explained)
    {
        var (read, whole) = (explained.Read, explained.Whole);
        var relevance = FieldRelevance.Judge(explained.Title, explained.Text, explained.Language);
        var text = new StringBuilder();
        text.AppendLine("Who says what");
        foreach (var statement in explained.Statements)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {statement.Stance, -8} {statement.SpeakerName}{(statement.SpeakerRole is { } role ? $" ({role})" : "")}"
            );
            text.Append(statement.TargetName is { } target ? $" -> {target}" : "");
            text.AppendLine(statement.State == StatementState.Waiting ? ", waits for the desk" : "");
            text.Append(statement.Rule == explained.Model ? $"           proposed by {explained.Model}\n" : "");
            var said = statement.Quote is { } quote ? quote : statement.Sentence;
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"           {(statement.Quote is null ? "" : "quoted: ")}{whole.Substring(said.Start, said.Length).ReplaceLineEndings(" ")} [{said.Start}+{said.Length}, {statement.Confidence:0.00}]"
            );
        }
        text.AppendLine("What happened");
        foreach (var fact in read.Facts)
        {
            var role = fact.Role is null ? "" : $" {fact.Role}";
            var by = fact.NamedBy is null ? "" : $", named by {fact.NamedBy}";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {fact.Kind, -9}{role} {fact.Value}{(fact.Unit is { } unit ? $" {unit}" : "")}{by} [{fact.Span.Start}+{fact.Span.Length}, {fact.Confidence:0.00}, {fact.Reason}]"
            );
        }
        Propose(text, explained);
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
        text.AppendLine("Sections");
        foreach (var topic in read.Topics)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {topic.Section, -13} {topic.Weight:0.00} for {topic.Why}"
            );
        }
        return text.Append("Relevance  ")
            .Append(relevance.IsRelevant ? "about our field" : "not about our field")
            .Append(", ")
            .AppendLine(relevance.Reason)
            .ToString();
    }
}
