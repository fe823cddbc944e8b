using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using CyberInsights.Net;
using Microsoft.Extensions.AI;
using OpenAI;

namespace CyberInsights.Recognise.Proposing;

/// <summary>What came of one question to the model.</summary>
public abstract record ModelAnswer
{
    private ModelAnswer() { }

    /// <summary>Its words as they came: nothing of them is known to be true or well formed.</summary>
    public sealed record Given(string Text) : ModelAnswer;

    /// <summary>Nothing usable; the sentence says what happened, what it means and what to do.</summary>
    public sealed record Failed(string Sentence) : ModelAnswer;
}

/// <summary>
/// Asks the language model one question at a time, through the guarded way out, without tools, without memory. Whatever it does
/// wrong is an outcome. Thread safe.
/// </summary>
public sealed class LanguageModel : IDisposable
{
    /// <summary>Bytes of an answer with its envelope; 256 KiB.</summary>
    public const int MaxAnswerBytes = 256 * 1024;

    /// <summary>Tokens the model is asked to keep to.</summary>
    public const int MaxAnswerTokens = 4000;

    private readonly GuardedHttp http;
    private readonly IChatClient chat;

    public LanguageModel(ModelSettings settings, TimeProvider clock)
    {
        Settings = settings;
        http = new GuardedHttp(Policy(settings), clock);
        chat = new OpenAI.Chat.ChatClient(
            settings.Name,
            // The library wants a key; servers that want none do not look at it.
            new ApiKeyCredential(settings.Key ?? "none"),
            new OpenAIClientOptions
            {
                Endpoint = settings.Address,
                Transport = new HttpClientPipelineTransport(http.Client),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = Timeout.InfiniteTimeSpan,
            }
        ).AsIChatClient();
    }

    public ModelSettings Settings { get; }

    public void Dispose()
    {
        chat.Dispose();
        http.Dispose();
    }

    /// <param name="task">What to do, in our words alone.</param>
    /// <param name="material">What to do it with, in the words of others.</param>
    /// <param name="schema">JSON Schema of the answer; a server may not hold to it.</param>
    public async Task<ModelAnswer> AskAsync(string task, string material, JsonElement schema, CancellationToken cancel)
    {
        try
        {
            var response = await chat.GetResponseAsync(
                [new ChatMessage(ChatRole.System, task), new ChatMessage(ChatRole.User, material)],
                new ChatOptions
                {
                    Temperature = 0,
                    MaxOutputTokens = MaxAnswerTokens,
                    ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer"),
                },
                cancel
            );
            return response.Text is { Length: > 0 } text && response.FinishReason != ChatFinishReason.Length
                ? new ModelAnswer.Given(text)
                : Failed("gave no whole answer. Take one that answers in JSON, or a larger one");
        }
#pragma warning disable CA1031 // Whatever the library makes of a foreign answer, it is one failed question and nothing more.
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return Failed(Reason(e));
        }
    }

    private static OutboundPolicy Policy(ModelSettings settings) =>
        new()
        {
            Trusted = settings.Address,
            // It thinks before its first byte, so that one time limit covers the whole answer.
            Limits = new OutboundLimits
            {
                MaxBodyBytes = MaxAnswerBytes,
                Headers = settings.TimeLimit,
                RateWindow = settings.TimeLimit,
                Total = settings.TimeLimit,
            },
        };

    private static string Reason(Exception e) =>
        e switch
        {
            ClientResultException { Status: 401 or 403 } =>
                "does not accept the key. Set Insights__ModelKey to one that it does",
            ClientResultException { Status: 404 } =>
                "is not known there. Check Insights__Model and Insights__ModelAddress; with Ollama, pull the model first",
            ClientResultException { Status: 429 } =>
                "asks for fewer requests. Lower Insights__ModelRequestsADay if it stays so",
            ClientResultException { Status: >= 400 and var status } =>
                $"answers with status {status}. Look at the log of its server",
            _ when Find<HttpRequestException>(e) is { } broken =>
                $"cannot be asked ({What(broken.Message)}). See that its server runs, or raise Insights__ModelSeconds if it is slow",
            _ =>
                "answers with something that is no chat completion. Check Insights__ModelAddress; it usually ends with /v1",
        };

    // The sentences of the way out speak of publishers after the colon.
    private static string What(string sentence) => sentence.Split(": ")[0];

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        while (e is not null and not T)
        {
            e = e.InnerException;
        }
        return e as T;
    }

    private ModelAnswer.Failed Failed(string why) =>
        new($"The language model {Settings} {why}. Reports go on without it.");
}
