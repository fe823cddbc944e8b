using CyberInsights.Text;

namespace CyberInsights.Recognise.English;

/// <summary>The bodies of states that a text names, by each word of their names.</summary>
internal sealed class NamedBodies
{
    private readonly Dictionary<string, List<Found>> bodies = [];

    internal NamedBodies(FoundIndex found)
    {
        foreach (var body in found.All.Where(f => f.Mention.Reason == MentionReason.Body).OrderBy(f => f.First))
        {
            foreach (var word in Folding.Fold(body.Entity.Name).Split(' '))
            {
                if (!bodies.TryGetValue(word, out var named))
                {
                    bodies[word] = named = [];
                }
                // Two different ones tell already that there is more than one.
                if (named.Count == 0 || (named.Count == 1 && named[0].Entity.Key != body.Entity.Key))
                {
                    named.Add(body);
                }
            }
        }
    }

    /// <summary>The only embassy of the text; for its headline ("embassy rejects charge") the first. Null when none can be told.</summary>
    internal Found? Find(string word, bool inTitle) =>
        bodies.TryGetValue(word, out var named) && (inTitle || named.Count == 1) ? named[0] : null;
}
