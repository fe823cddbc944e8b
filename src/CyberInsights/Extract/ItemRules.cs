using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract;

/// <summary>
/// Which items of a source become reports: its include and exclude rules, then whether they are about our field where the source
/// asks for that. In doubt an item is kept.
/// </summary>
public sealed class ItemRules
{
    /// <summary>Rules of one kind at one source.</summary>
    public const int MaxRules = 200;

    private readonly IReadOnlyList<ItemRule> include;
    private readonly IReadOnlyList<ItemRule> exclude;
    private readonly bool fieldOnly;

    private ItemRules(IReadOnlyList<ItemRule> include, IReadOnlyList<ItemRule> exclude, bool fieldOnly) =>
        (this.include, this.exclude, this.fieldOnly) = (include, exclude, fieldOnly);

    /// <summary>The rules of <paramref name="source"/>; null when it takes everything.</summary>
    /// <exception cref="RefusalException">One of them is no rule, or there are too many.</exception>
    public static ItemRules? Of(Source source)
    {
        var rules = new ItemRules(
            Lines(source.IncludeRules),
            Lines(source.ExcludeRules),
            source.Relevance == Relevance.Field
        );
        return rules.include.Count + rules.exclude.Count > 0 || rules.fieldOnly ? rules : null;
    }

    /// <summary>Why an item does not become a report, as a sentence; null when it does.</summary>
    internal string? WhyNot(ItemText item)
    {
        if (exclude.FirstOrDefault(r => r.Fits(item) == true) is { } unwanted)
        {
            return $"It fits the exclude rule \"{unwanted.Written}\".";
        }
        if (include.Count > 0 && include.All(r => r.Fits(item) == false))
        {
            return $"It fits none of the {include.Count} include rules.";
        }
        return fieldOnly && FieldRelevance.Judge(item.Title, item.Text, item.Language) is { IsRelevant: false } score
            ? $"It does not read as if it were about our field: {score.Reason}."
            : null;
    }

    /// <summary>Title and reason of each item of <paramref name="feed"/> that would be left out, were it new.</summary>
    public IReadOnlyList<(string Title, string Reason)> LeftOut(Source source, Feed feed, DateTimeOffset fetchedAt)
    {
        var items = Drafting.Identify(feed);
        var language = Drafting.LanguageOfAll(source, feed);
        var drafts = items.Select(i => Drafting.Draft(source, language, fetchedAt, i)).ToList();
        return [.. ItemSelection.Of(this, source, items, drafts, _ => false).LeftOut.Select(i => (i.Title, i.Reason))];
    }

    private static IReadOnlyList<ItemRule> Lines(string? rules)
    {
        var lines = (rules ?? "")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l[0] != '#')
            .ToList();
        return lines.Count <= MaxRules
            ? [.. lines.Select(ItemRule.Parse)]
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"There are {lines.Count} rules, more than the {MaxRules} a source may have: nothing was changed. Bring several together in one /pattern/."
            );
    }
}
