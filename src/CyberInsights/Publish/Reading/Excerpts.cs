namespace CyberInsights.Publish.Reading;

/// <summary>
/// Keeps short what one page shows of each source's own words. Quotations are the speaker's words: each has the limit for
/// itself. Use one for each page.
/// </summary>
public sealed class Excerpts
{
    /// <summary>Characters (UTF-16 units) of one source's own words on one page, and of one quotation.</summary>
    public const int MaxCharacters = 300;

    // A shorter rest tells a reader nothing.
    private const int Shortest = 40;

    private readonly Dictionary<long, int> used = [];

    /// <summary><paramref name="text"/>, or its beginning as far as the limit of its source goes; null when nothing useful is left.</summary>
    public string? Take(long sourceId, string text)
    {
        var left = Left(sourceId);
        if (left < Math.Min(Shortest, text.Length))
        {
            return null;
        }
        var taken = Shorten(text, left);
        used[sourceId] = used.GetValueOrDefault(sourceId) + taken.Length;
        return taken;
    }

    /// <summary>The statements with as much of their reports' own words as the limit leaves; the first ones get theirs first.</summary>
    public IReadOnlyList<ShownStatement> Limit(IEnumerable<ShownStatement> statements) =>
        [.. statements.Select(s => Limit(s))];

    /// <inheritdoc cref="Limit(IEnumerable{ShownStatement})"/>
    public ShownStatement Limit(ShownStatement statement)
    {
        if (statement.Sentence is { } sentence)
        {
            return statement with { Sentence = Take(statement.Source.SourceId, sentence) };
        }
        // A cut sentence around a phrase would mislead: it is the whole sentence or the phrase alone.
        var around = statement.Before + statement.After;
        return around.Length <= Left(statement.Source.SourceId) && Take(statement.Source.SourceId, around) is not null
            ? statement
            : statement with
            {
                Before = null,
                After = null,
            };
    }

    private int Left(long sourceId) => MaxCharacters - used.GetValueOrDefault(sourceId);

    /// <summary><paramref name="text"/> of at most <paramref name="max"/> characters, cut between words and ended by " …" where it was longer.</summary>
    public static string Shorten(string text, int max = MaxCharacters)
    {
        if (text.Length <= max)
        {
            return text;
        }
        var end = max - 2;
        var space = text.LastIndexOf(' ', end, Math.Min(end, 40));
        end = space > 0 ? space : end;
        // Never between the halves of a surrogate pair.
        end -= char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
        return $"{text[..end].TrimEnd()} …";
    }
}
