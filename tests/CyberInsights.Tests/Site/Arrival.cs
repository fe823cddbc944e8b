using Microsoft.Playwright;

namespace CyberInsights.Tests.Site;

internal static class Arrival
{
    /// <summary>
    /// Waits until the browser has loaded the page whose path and query <paramref name="there"/> accepts. Playwright's own
    /// <c>WaitForURLAsync</c> waits for an event that may come before it listens, which happens on a busy machine.
    /// </summary>
    internal static Task ArrivesAsync(this IPage page, Func<string, bool> there) =>
        Patience.UntilAsync(
            "the page that was asked for",
            async () =>
            {
                try
                {
                    return there(new Uri(page.Url).PathAndQuery)
                        && await page.EvaluateAsync<string>("() => document.readyState") == "complete";
                }
                catch (PlaywrightException)
                {
                    // The page that was asked is gone; the next one is on its way.
                    return false;
                }
            }
        );

    /// <inheritdoc cref="ArrivesAsync(IPage, Func{string, bool})"/>
    internal static Task ArrivesAsync(this IPage page, string path) => page.ArrivesAsync(p => p == path);
}
