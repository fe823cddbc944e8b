using CyberInsights.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CyberInsights.Tests;

/// <summary>Values that nobody needs to read.</summary>
internal static class Some
{
    internal static DateTimeOffset Moment { get; } = new(2025, 5, 28, 12, 0, 0, TimeSpan.Zero);

    internal static FakeTimeProvider Clock() => new(Moment);

    internal static Source Source(string key) =>
        new()
        {
            Key = key,
            Name = key,
            Address = $"http://{key}.example/feed.xml",
            Language = "en",
        };

    internal static SearchDocument Document(long id, string title, string body, string kind = "report") =>
        new()
        {
            Id = id,
            Kind = kind,
            Title = title,
            Body = body,
            Language = "en",
            At = Moment,
        };
}
