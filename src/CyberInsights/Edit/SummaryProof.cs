using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>That the sentences of a summary stand in the reports of their event, letter for letter.</summary>
internal static class SummaryProof
{
    /// <exception cref="RefusalException">One does not, or there are too many.</exception>
    internal static async Task CheckAsync(
        Transaction t,
        long eventId,
        IReadOnlyList<ChosenSentence> sentences,
        CancellationToken cancel
    )
    {
        if (sentences.Count > EventOverride.MaxSentences)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{sentences.Count} sentences were chosen, {EventOverride.MaxSentences} are the most. Nothing was changed. Choose fewer."
            );
        }
        foreach (var sentence in sentences)
        {
            var stored = await t.FirstAsync<string>(
                """
                select v.title || @newLine || v.text from event_reports g join reports r on r.id = g.report_id
                join report_versions v on v.report_id = r.id and v.number = r.version
                where g.event_id = @eventId and g.report_id = @ReportId
                """,
                new
                {
                    eventId,
                    sentence.ReportId,
                    newLine = "\n",
                },
                cancel
            );
            if (
                stored is null
                || sentence.Text.Length == 0
                || sentence.Start < 0
                || sentence.Start > stored.Length - sentence.Text.Length
                || string.CompareOrdinal(stored, sentence.Start, sentence.Text, 0, sentence.Text.Length) != 0
            )
            {
                throw new RefusalException(
                    RefusalKind.BadInput,
                    $"“{sentence.Text}” does not stand in the newest version of its report any more, or the report went to another event. Nothing was changed. Load the page again and choose anew."
                );
            }
        }
    }
}
