namespace CyberInsights.Server.Site.Parts;

/// <summary>What is known of a source, in the words of the page.</summary>
internal static class SourceFacts
{
    /// <summary>The name of a language; its tag where it has none here.</summary>
    internal static string LanguageName(Language language, string tag) =>
        Named(language, $"source.language.{tag}", tag);

    /// <summary>The name of a label; the operator's own word stays as it is.</summary>
    internal static string LabelName(Language language, string label) =>
        Named(language, $"source.label.{label}", label);

    /// <summary>How long it takes from publication to capture; a dash where that is not known.</summary>
    internal static string Freshness(Language language, Rhythm? rhythm) =>
        rhythm?.Freshness is not { } delay ? "–"
        : delay < TimeSpan.FromMinutes(120) ? language.Counted("sources.minutes", (int)Math.Round(delay.TotalMinutes))
        : language.Counted("sources.hours", (int)Math.Round(delay.TotalHours));

    /// <summary>The site of the publisher; null unless it is http or https.</summary>
    internal static Uri? Home(Source source) =>
        Uri.TryCreate(source.Home, UriKind.Absolute, out var home) && home.Scheme is "http" or "https" ? home : null;

    private static string Named(Language language, string key, string plain) =>
        language.Strings.Has(key) ? language.Strings[key] : plain;
}
