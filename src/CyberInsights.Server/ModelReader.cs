using System.Globalization;
using System.Net;
using CyberInsights.Recognise.Proposing;

namespace CyberInsights.Server;

/// <summary>Reads the settings of the language model: name and address together, or neither.</summary>
internal static class ModelReader
{
    private const string Model = "Model";
    private const string Address = "ModelAddress";
    private const string Key = "ModelKey";
    private const string Seconds = "ModelSeconds";
    private const string RequestsADay = "ModelRequestsADay";

    // Longer than any model's name, and a time in which a small machine answers.
    private const int MaxName = 200;
    private const int MaxSeconds = 600;
    private const int MaxRequests = 100_000;

    internal static IReadOnlyList<string> Names { get; } = [Model, Address, Key, Seconds, RequestsADay];

    internal static ModelSettings? Read(IConfiguration section, List<string> problems)
    {
        var (name, written) = (section[Model] ?? "", section[Address] ?? "");
        var before = problems.Count;
        var seconds = Number(section, Seconds, 60, MaxSeconds, problems);
        var requests = Number(section, RequestsADay, 200, MaxRequests, problems);
        if (section[Key] is { Length: > 0 } && Environment.GetEnvironmentVariable($"Insights__{Key}") is null)
        {
            problems.Add(
                $"Insights__{Key} stands in a file, where others may read it. Take it out, and set it as an environment variable."
            );
        }
        if (name.Length == 0 && written.Length == 0)
        {
            return null;
        }
        var address = AddressOf(written, section[Key], problems);
        if (name.Length is 0 or > MaxName || name.Any(char.IsControl))
        {
            problems.Add(
                $"Insights__{Model} names no model, so that none can be asked. Give its name as its server knows it, as llama3.1:8b, or take Insights__{Address} out."
            );
        }
        return problems.Count > before
            ? null
            : new ModelSettings
            {
                Address = address!,
                Name = name,
                Key = section[Key] is { Length: > 0 } key ? key : null,
                TimeLimit = TimeSpan.FromSeconds(seconds),
                RequestsADay = requests,
            };
    }

    private static Uri? AddressOf(string written, string? key, List<string> problems)
    {
        if (
            !Uri.TryCreate(written, UriKind.Absolute, out var address)
            || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0
            || address.Query.Length > 0
            || address.Fragment.Length > 0
        )
        {
            problems.Add(
                $"Insights__{Address} is '{(written.Contains('@') ? "..." : written)}', which is no plain web address, so that no model can be asked. Write it as http://localhost:11434/v1 or https://host/v1."
            );
            return null;
        }
        if (key is { Length: > 0 } && address.Scheme == "http" && !IsHere(address))
        {
            problems.Add(
                $"Insights__{Address} begins with http, so that anybody on the way could read Insights__{Key}. Write it with https, or take the key out."
            );
        }
        return address;
    }

    private static bool IsHere(Uri address) =>
        address.IdnHost == "localhost" || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));

    private static int Number(IConfiguration section, string name, int usual, int most, List<string> problems)
    {
        if (section[name] is not { Length: > 0 } written)
        {
            return usual;
        }
        if (
            int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= 1
            && value <= most
        )
        {
            return value;
        }
        problems.Add(
            $"Insights__{name} is '{written}'. Write a whole number from 1 to {most}, or take it out for {usual}."
        );
        return usual;
    }
}
