namespace CyberInsights.Recognise.Patterns;

/// <summary>Gives neutral verbs the stance of the sentence before by the same party, else what their content tells.</summary>
internal sealed class StanceSettler(Reading reading, StanceRules stances)
{
    /// <param name="from">The first statement of sentence <paramref name="s"/>.</param>
    internal void Settle(List<Coded> coded, int from, int s)
    {
        for (var i = from; i < coded.Count; i++)
        {
            var one = coded[i];
            if (one.Draft.Stance != Stance.Report)
            {
                continue;
            }
            if (one.Draft.Quote is not null && Before(coded, from, s, one.Speaker) is { } before)
            {
                coded[i] = one with
                {
                    Draft = one.Draft with
                    {
                        Stance = before.Draft.Stance,
                        Target = before.Draft.Target,
                        TargetName = before.Draft.TargetName,
                        Rule = $"{one.Draft.Rule}, stance of the sentence before",
                    },
                };
            }
            else if (stances.Of(First(one.Draft), End(one.Draft), one.Speaker) is { } told)
            {
                coded[i] = one with
                {
                    Draft = one.Draft with
                    {
                        Stance = told.Stance,
                        Target = told.Target.Entity,
                        TargetName = told.Target.Name,
                        Rule = $"{one.Draft.Rule}, {told.Rule}",
                        Confidence = Math.Round(one.Draft.Confidence * 0.9, 2),
                    },
                };
            }
        }
    }

    private static Coded? Before(List<Coded> coded, int from, int s, Speaker speaker)
    {
        for (var i = from - 1; i >= 0 && coded[i].Sentence == s - 1; i--)
        {
            if (coded[i].Draft.Stance != Stance.Report && coded[i].Speaker.IsParty(speaker))
            {
                return coded[i];
            }
        }
        return null;
    }

    private int First(StatementDraft draft) => reading.TokenFrom(Longer(draft).Start);

    private int End(StatementDraft draft) => Longer(draft).End is > 0 and var end ? reading.TokenFrom(end - 1) + 1 : 0;

    private static Span Longer(StatementDraft draft) =>
        draft.Quote is { } quote && quote.Length > draft.Content.Length ? quote : draft.Content;
}
