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
                Statements = read.Statements.Select(s => new
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
                    s.Confidence,
                    s.Rule,
                }),
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
}
