namespace CyberInsights.Recognise.Proposing;

/// <summary>The language model that the operator set: any that answers as OpenAI's chat completions do, as Ollama does.</summary>
public sealed record ModelSettings
{
    /// <summary>What <c>/chat/completions</c> is appended to, as <c>http://localhost:11434/v1</c>; may be of this machine or network.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name as its server knows it: <c>llama3.1:8b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Sent as a bearer token and shown nowhere; null where the server wants none.</summary>
    public string? Key { get; init; }

    /// <summary>For one answer; 60 s. A model on a small machine needs them.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests within 24 hours; 200.</summary>
    public int RequestsADay { get; init; } = 200;

    // A record would show its key.
    public override string ToString() => $"{Name} at {Address}";
}
