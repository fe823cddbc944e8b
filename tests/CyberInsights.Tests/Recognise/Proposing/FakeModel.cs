using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Tests.Net;

namespace CyberInsights.Tests.Recognise.Proposing;

/// <summary>A server on loopback that answers chat completions as a test wants.</summary>
internal sealed class FakeModel : IAsyncDisposable
{
    internal const string Name = "invented:1b";
    internal const string Key = "secret-of-the-operator";

    private readonly RawServer server;
    private readonly ConcurrentQueue<JsonElement> requests = new();

    internal FakeModel(Func<RawExchange, Task> answer) =>
        server = new RawServer(async x =>
        {
            var length = int.Parse(x.Header("Content-Length")!, CultureInfo.InvariantCulture);
            var body = new byte[length];
            await x.Stream.ReadExactlyAsync(body, x.Stop);
            requests.Enqueue(JsonDocument.Parse(body).RootElement);
            await answer(x);
        });

    /// <summary>Answers each request with the same words.</summary>
    internal FakeModel(string words)
        : this(x => SayAsync(x, words)) { }

    internal IReadOnlyList<JsonElement> Requests => [.. requests];

    internal IReadOnlyList<string> Heads => server.Heads;

    internal ModelSettings Settings =>
        new()
        {
            Address = new Uri($"http://{server.Endpoint}/v1"),
            Name = Name,
            Key = Key,
            TimeLimit = TimeSpan.FromSeconds(20),
        };

    internal static Task SayAsync(RawExchange x, string words, string reason = "stop") =>
        x.OkAsync(
            JsonSerializer.Serialize(
                new
                {
                    id = "1",
                    @object = "chat.completion",
                    created = 1,
                    model = Name,
                    choices = new[]
                    {
                        new
                        {
                            index = 0,
                            message = new { role = "assistant", content = words },
                            finish_reason = reason,
                        },
                    },
                }
            )
        );

    internal static Task StatusAsync(RawExchange x, string status) =>
        x.SendAsync($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");

    /// <summary>An answer in the form that is asked for.</summary>
    internal static string Answer(
        IEnumerable<(string Speaker, string Stance, string? Target, string? Quotation, string Content)> statements,
        params (string Text, string English)[] translations
    ) =>
        JsonSerializer.Serialize(
            new
            {
                statements = statements.Select(s => new
                {
                    speaker = s.Speaker,
                    stance = s.Stance,
                    target = s.Target,
                    quotation = s.Quotation,
                    content = s.Content,
                }),
                translations = translations.Select(t => new { text = t.Text, english = t.English }),
            }
        );

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
