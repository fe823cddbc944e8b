namespace CyberInsights.Publish.Reading;

/// <summary>Cuts the words of a statement from the stored version.</summary>
internal static class StatementCut
{
    // Up to here a quotation is a phrase that needs its sentence: "microphone diplomacy".
    private const int PhraseWords = 6;

    private static readonly char[] Opening = [.. "\"'“”„«»‹›‘‚「『"];
    private static readonly char[] Closing = [.. "\"'“”„«»‹›’」』"];

    /// <summary>Null when a span lies outside the stored version.</summary>
    internal static ShownStatement? Show(StatementRow row, StoredVersion version)
    {
        var whole = version.Whole;
        var quoted = row is { QuoteStart: not null, QuoteLength: > 0 };
        if (
            !Inside(whole, row.SentenceStart, row.SentenceLength)
            || (quoted && !Inside(whole, row.QuoteStart!.Value, row.QuoteLength!.Value))
        )
        {
            return null;
        }
        var (start, length) = quoted
            ? (row.QuoteStart!.Value, row.QuoteLength!.Value)
            : (row.SentenceStart, row.SentenceLength);
        var statement = new ShownStatement
        {
            Id = row.Id,
            Stance = row.Stance,
            Speaker = row.Speaker,
            SpeakerSlug = row.SpeakerSlug,
            Role = row.SpeakerRole,
            Country = row.SpeakerCountry,
            Target = row.Target,
            TargetSlug = row.TargetSlug,
            At = row.PublishedAt,
            Basis = Bases.Of(row.Stance, whole, row.SentenceStart, row.SentenceLength),
            Language = row.QuoteLanguage,
            Source = new ReportSource
            {
                ReportId = row.ReportId,
                SourceId = row.SourceId,
                Name = row.SourceName,
                Address = ReportSource.Outgoing(row.Address),
                Language = row.Language,
            },
            Proof = new Proof
            {
                Version = row.Version,
                StoredAt = version.CreatedAt,
                First = start + 1,
                Last = start + length,
                Total = whole.Length,
                Hash = version.TextHash,
            },
            EventId = row.EventId,
            EventSlug = row.EventSlug,
            EventTitle = row.EventTitle,
            EventLanguage = row.EventLanguage,
        };
        return quoted
            ? WithQuote(statement, row, whole)
            : statement with
            {
                Sentence = whole.Substring(start, length).Trim(),
            };
    }

    private static ShownStatement WithQuote(ShownStatement statement, StatementRow row, string whole)
    {
        var (start, length) = (row.QuoteStart!.Value, row.QuoteLength!.Value);
        var (from, to) = (row.SentenceStart, row.SentenceStart + row.SentenceLength);
        var quote = whole.Substring(start, length);
        var shown = statement with
        {
            Quote = Excerpts.Shorten(quote),
            QuoteCut = quote.Length > Excerpts.MaxCharacters,
        };
        return quote.Count(c => c == ' ') >= PhraseWords || from > start || to < start + length
            ? shown
            : shown with
            {
                Before = whole[from..start].TrimEnd(Opening),
                After = whole[(start + length)..to].TrimStart(Closing),
            };
    }

    private static bool Inside(string whole, int start, int length) =>
        start >= 0 && length >= 0 && start <= whole.Length - length;
}
