using System.Diagnostics;
using System.Net;

namespace CyberInsights.Benchmarks;

/// <summary>Our own programs as processes, as an operator starts them.</summary>
internal static class OwnProcess
{
    internal static Process Start(string program, string arguments, string? urls)
    {
        var start = new ProcessStartInfo("dotnet", $"{Path.Combine(AppContext.BaseDirectory, program)} {arguments}")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        if (urls is not null)
        {
            start.Environment["Insights__Urls"] = urls;
        }
        return Process.Start(start)!;
    }

    /// <summary>Waits for an answer that is enough; throws <see cref="InvalidOperationException"/> after about half a minute.</summary>
    internal static async Task UntilAsync(HttpClient http, string address, Func<string, bool> enough)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(address));
                if (answer.StatusCode == HttpStatusCode.OK && enough(await answer.Content.ReadAsStringAsync()))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(10);
        }
        throw new InvalidOperationException($"{address} did not answer as expected within half a minute.");
    }
}
