namespace CyberInsights.Recognise;

/// <summary>
/// What is known of how a language other than English tells who says what, one file a language: cues ("cue"), small words ("word") and
/// what contents tell of a stance ("content").
/// </summary>
internal static class LanguageList
{
    private static readonly string[] Languages = ["ar", "cs", "de", "es", "fr", "ru", "zh"];

    /// <summary>Lines of one kind: language, name of stance or class, frame of a cue or empty, words.</summary>
    internal static IEnumerable<string[]> Read(string kind) =>
        from language in Languages
        from line in ListFile.Read($"statements-{language}.tsv", 4)
        where line[0] == kind
        select (string[])[language, line[1], line[2], line[3]];
}
