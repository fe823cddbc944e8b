namespace CyberInsights.Recognise;

/// <summary>The statements of a text as they are kept: sure enough, each once, in the order of the text.</summary>
internal static class StatementList
{
    private const double LeastConfidence = 0.45;

    internal static IReadOnlyList<StatementDraft> Of(IEnumerable<StatementDraft> drafts)
    {
        var sure = drafts.Where(d => d.Confidence >= LeastConfidence).ToList();
        // "said it opposes": told twice, of which the one that tells more counts.
        var full = sure.Where(IsFull).Select(d => (d.SpeakerName, d.Stance, d.Sentence)).ToHashSet();
        return
        [
            .. sure.Where(d =>
                    IsFull(d) || d.Stance == Stance.Report || !full.Contains((d.SpeakerName, d.Stance, d.Sentence))
                )
                .DistinctBy(d => (d.SpeakerName, d.Stance, d.Sentence, d.Quote, d.TargetName))
                .OrderBy(d => d.Sentence.Start)
                .ThenBy(d => d.Cue.Start),
        ];
    }

    private static bool IsFull(StatementDraft draft) => draft.TargetName is not null || draft.Quote is not null;
}
