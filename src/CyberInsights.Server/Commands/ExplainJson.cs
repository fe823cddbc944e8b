using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CyberInsights.Extract;
using CyberInsights.Recognise;

namespace CyberInsights.Server.Commands;

/// <summary>What was understood in a text as one line of JSON; offsets count UTF-16 units in the file as given, of a page in <c>text</c>.</summary>
internal static class ExplainJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static string Of(ExplainedText explained)
    {
        var (read, whole) = (explained.Read, explained.Whole);
        var relevance = FieldRelevance.Judge(explained.Title, explained.Text, explained.Language);
        return JsonSerializer.Serialize(
            new
            {
                explained.Name,
                explained.Language,
                Text = explained.Places is null ? whole : null,
                Entities = read.Mentions.Select(m => new
                {
                    Text = whole.Substring(m.Start, m.Length),
                    Type = m.Entity.Kind,
                    Id = m.Entity.Key,
                    m.Entity.Name,
                    Start = explained.Place(m.Start),
                    End = explained.Place(m.End),
                }),
                Statements = explained.Statements.Select(s => new
                {
                    Speaker = new
                    {
                        Name = s.SpeakerName,
                        Role = s.SpeakerRole,
                        Body = s.Speaker is { Kind: EntityKind.Organisation or EntityKind.Bloc } body
                            ? body.Name
                            : null,
                        Country = s.SpeakerCountry,
                    },
                    s.Stance,
                    Target = s.TargetName,
                    Quote = s.Quote is { } quote ? whole.Substring(quote.Start, quote.Length) : null,
                    s.Language,
                    Content = whole.Substring(s.Content.Start, s.Content.Length),
                    Start = explained.Place(s.Sentence.Start),
                    End = explained.Place(s.Sentence.End),
                    SaidAt = Said(s),
                    s.Confidence,
                    s.State,
                    s.Rule,
                }),
                Facts = read.Facts.Select(f => new
                {
                    f.Kind,
                    Role = f.Role is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(f.Role),
                    Text = whole.Substring(f.Span.Start, f.Span.Length),
                    Value = f.Kind == FactKind.Happening
                        ? JsonNamingPolicy.SnakeCaseLower.ConvertName(f.Value)
                        : f.Value,
                    f.Unit,
                    Least = f.Kind == FactKind.Number ? f.Least : null,
                    Most = f.Kind == FactKind.Number ? f.Most : null,
                    f.Approximate,
                    Id = f.Entity?.Key,
                    f.NamedBy,
                    Start = explained.Place(f.Span.Start),
                    End = explained.Place(f.Span.End),
                    f.Confidence,
                    f.Reason,
                }),
                Model = explained.Proposed is not { } proposed
                    ? null
                    : new
                    {
                        Rule = explained.Model,
                        proposed.Error,
                        proposed.Proven?.Dropped,
                        Translations = (proposed.Proven?.Translations ?? []).Select(t => new
                        {
                            Start = explained.Place(t.Span.Start),
                            End = explained.Place(t.Span.End),
                            t.English,
                        }),
                    },
                Sections = read.Topics.Select(t => new
                {
                    t.Section,
                    t.Weight,
                    t.Why,
                }),
                Relevance = new { relevance.IsRelevant, relevance.Reason },
            },
            Options
        );
    }

    // A day where the sentence tells it, a moment where only the report's is known.
    private static string? Said(StatementDraft statement) =>
        statement.SaidAt?.UtcDateTime.ToString(
            statement.SaidOn is null ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
}
