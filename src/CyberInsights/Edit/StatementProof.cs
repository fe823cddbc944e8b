using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>Finds the words that a person marks in the stored versions of a report, letter for letter.</summary>
internal static class StatementProof
{
    // So much of what stands there is told to whoever marked something else.
    private const int Told = 40;

    /// <summary>The coding with its places in the newest version that has the words, else in the one it stood in.</summary>
    /// <param name="sentence">The sentence that says it.</param>
    /// <param name="quote">The words between the quotation marks, without them; empty: nothing is quoted.</param>
    /// <exception cref="RefusalException">The words do not stand there; says where they part.</exception>
    internal static async Task<StatementCoding> PlaceAsync(
        Transaction t,
        long reportId,
        StatementCoding coding,
        string sentence,
        string quote,
        CancellationToken cancel
    )
    {
        var versions = await t.QueryAsync<StoredText>(
            """
            select v.number, v.title, v.text, v.text_hash from report_versions v join reports r on r.id = v.report_id
            where v.report_id = @reportId and v.number in (r.version, @Version) order by v.number desc
            """,
            new { reportId, coding.Version },
            cancel
        );
        var stored = versions.FirstOrDefault(v => v.Whole.Contains(sentence, StringComparison.Ordinal));
        if (sentence.Length == 0 || stored is null)
        {
            throw Refused(sentence, versions[0]);
        }
        var start = Nearest(stored.Whole, sentence, coding.SentenceStart);
        var within = quote.Length == 0 ? -1 : sentence.IndexOf(quote, StringComparison.Ordinal);
        if (quote.Length > 0 && within < 0)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"The quotation “{Start(quote)}” does not stand in the sentence, letter for letter. Nothing was changed. Copy it from the sentence, without its quotation marks, or leave it empty."
            );
        }
        return coding with
        {
            Version = stored.Number,
            TextHash = stored.TextHash,
            SentenceStart = start,
            SentenceLength = sentence.Length,
            QuoteStart = within < 0 ? null : start + within,
            QuoteLength = within < 0 ? null : quote.Length,
        };
    }

    /// <summary>That the stored version still is the one that the places were found in.</summary>
    /// <exception cref="RefusalException">It is not.</exception>
    internal static async Task CheckAsync(
        Transaction t,
        long reportId,
        StatementCoding coding,
        CancellationToken cancel
    )
    {
        var stored = await t.FirstAsync<StoredText>(
            "select number, title, text, text_hash from report_versions where report_id = @reportId and number = @Version",
            new { reportId, coding.Version },
            cancel
        );
        if (
            stored is null
            || stored.TextHash != coding.TextHash
            || coding.SentenceStart + coding.SentenceLength > stored.Whole.Length
        )
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"Version {coding.Version} of the report is not the one that proved this statement, so readers cannot be shown it. Mark its words anew, or reject it."
            );
        }
    }

    private static int Nearest(string whole, string words, int near)
    {
        var after = whole.IndexOf(words, Math.Clamp(near, 0, whole.Length), StringComparison.Ordinal);
        return after >= 0 ? after : whole.LastIndexOf(words, StringComparison.Ordinal);
    }

    private static RefusalException Refused(string words, StoredText version)
    {
        if (words.Length == 0)
        {
            return new(
                RefusalKind.BadInput,
                "No sentence was marked, so nothing proves the statement. Nothing was changed. Copy the sentence from the report."
            );
        }
        var (at, length) = Longest(version.Whole, words);
        return new(
            RefusalKind.BadInput,
            length == 0
                ? $"“{Start(words)}” does not stand in version {version.Number} of the report. Nothing was changed. Copy the words from the report, letter for letter."
                : $"The words part after “{End(words[..length])}”: version {version.Number} of the report goes on “{Start(version.Whole[(at + length)..])}”, the marked words “{Start(words[length..])}”. Nothing was changed. Copy them letter for letter."
        );
    }

    // The longest beginning of the words that stands in the text; found by halving, as a beginning of one that stands there stands there too.
    private static (int At, int Length) Longest(string whole, string words)
    {
        var (stands, tooLong) = (0, words.Length + 1);
        while (tooLong - stands > 1)
        {
            var half = (stands + tooLong) / 2;
            (stands, tooLong) = whole.Contains(words[..half], StringComparison.Ordinal)
                ? (half, tooLong)
                : (stands, half);
        }
        return (whole.IndexOf(words[..stands], StringComparison.Ordinal), stands);
    }

    private static string Start(string text) => text.Length <= Told ? text : $"{text[..Told]}…";

    private static string End(string text) => text.Length <= Told ? text : $"…{text[^Told..]}";

    private sealed record StoredText
    {
        public int Number { get; init; }
        public string Title { get; init; } = "";
        public string Text { get; init; } = "";
        public string TextHash { get; init; } = "";
        internal string Whole => $"{Title}\n{Text}";
    }
}
