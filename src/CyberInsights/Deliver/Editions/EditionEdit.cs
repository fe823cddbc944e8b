namespace CyberInsights.Deliver.Editions;

/// <summary>What a person makes of an edition: the order, what is left out, the words.</summary>
public sealed record EditionEdit
{
    /// <summary>Keys of events, articles and trends in the order of showing; one that is not named follows in its old order.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Keys of what is left out.</summary>
    public IReadOnlyCollection<string> LeftOut { get; init; } = [];

    /// <summary>By language (BCP 47).</summary>
    public IReadOnlyDictionary<string, EditionText> Texts { get; init; } = new Dictionary<string, EditionText>();

    /// <exception cref="RefusalException">A subject or an introduction is too long, or a subject more than one line.</exception>
    internal void Check()
    {
        foreach (var (language, text) in Texts)
        {
            if (text.Subject.Length > EditionStore.MaxSubject || text.Subject.Any(char.IsControl))
            {
                throw new RefusalException(
                    RefusalKind.BadInput,
                    $"The subject in '{language}' is more than one line of {EditionStore.MaxSubject} characters: nothing was saved. Shorten it."
                );
            }
            if (text.Intro.Length > EditionStore.MaxIntro)
            {
                throw new RefusalException(
                    RefusalKind.BadInput,
                    $"The introduction in '{language}' has {text.Intro.Length} characters, and {EditionStore.MaxIntro} are the most: nothing was saved. Shorten it."
                );
            }
        }
    }

    /// <summary>The same content in this order, with this left out.</summary>
    internal EditionContent Arranged(EditionContent content)
    {
        var places = Order.Distinct().Select((key, place) => (key, place)).ToDictionary(p => p.key, p => p.place);
        return content with
        {
            Events =
            [
                .. content.Events.OrderBy(e => Place(e.Key)).Select(e => e with { LeftOut = LeftOut.Contains(e.Key) }),
            ],
            Articles =
            [
                .. content
                    .Articles.OrderBy(a => Place(a.Key))
                    .Select(a => a with { LeftOut = LeftOut.Contains(a.Key) }),
            ],
            Trends =
            [
                .. content.Trends.OrderBy(r => Place(r.Key)).Select(r => r with { LeftOut = LeftOut.Contains(r.Key) }),
            ],
        };

        int Place(string key) => places.GetValueOrDefault(key, int.MaxValue);
    }
}
