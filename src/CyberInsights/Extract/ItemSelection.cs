namespace CyberInsights.Extract;

/// <summary>The drafts of one document parted into those that become reports and those that do not.</summary>
internal sealed record ItemSelection(IReadOnlyList<ItemDraft> Kept, IReadOnlyList<LeftOutItem> LeftOut)
{
    /// <param name="isReport">Whether an item of this identity is a report already: it stays one, and its edits are taken.</param>
    internal static ItemSelection Of(
        ItemRules? rules,
        Source source,
        IReadOnlyList<KnownItem> items,
        IReadOnlyList<ItemDraft> drafts,
        Func<string, bool> isReport
    )
    {
        if (rules is null)
        {
            return new ItemSelection(drafts, []);
        }
        var kept = new List<ItemDraft>();
        var leftOut = new List<LeftOutItem>();
        foreach (var (known, draft) in items.Zip(drafts))
        {
            var text = new ItemText(draft.Title, draft.Text, draft.Address, draft.Language, known.Item);
            if (isReport(draft.Identity) || rules.WhyNot(text) is not { } reason)
            {
                kept.Add(draft);
            }
            else
            {
                leftOut.Add(
                    new LeftOutItem
                    {
                        SourceId = source.Id,
                        Identity = draft.Identity,
                        ItemHash = draft.ItemHash,
                        Title = draft.Title,
                        Address = draft.Address,
                        Reason = reason,
                    }
                );
            }
        }
        return new ItemSelection(kept, leftOut);
    }
}
