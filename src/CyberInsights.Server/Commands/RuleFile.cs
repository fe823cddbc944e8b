using CyberInsights.Extract;

namespace CyberInsights.Server.Commands;

/// <summary>A rule for pages or JSON in a file of its own, as it is tried out before it becomes part of a source.</summary>
internal static class RuleFile
{
    private const long MaxBytes = 64 * 1024;

    /// <param name="kind">What the rule is for; null: as its names tell.</param>
    /// <exception cref="RefusalException">There is no such file, or it is too large.</exception>
    internal static async Task<ReadingRule> ReadAsync(string path, SourceKind? kind, CancellationToken cancel)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no file {path}: nothing was read. Give the path of a file with a rule, which docs/extending.md describes."
            );
        }
        if (file.Length > MaxBytes)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{path} has more than {MaxBytes / 1024} KiB, which no rule needs: nothing was read. Give a file that holds the rule alone."
            );
        }
        var json = await File.ReadAllTextAsync(path, cancel);
        return new ReadingRule(kind ?? ReadingRule.KindOf(json), json);
    }
}
