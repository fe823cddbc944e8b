using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>Every place in a text where words of the lists stand, with all that they may mean; which of it holds is decided later.</summary>
internal sealed class Listing
{
    internal Listing(Reading reading)
    {
        var matches = new List<GazetteerMatch>();
        for (var at = 0; at < reading.Tokens.Count; at++)
        {
            if (reading.Tokens[at].Kind != TokenKind.Mark)
            {
                matches.AddRange(
                    Knowledge
                        .Shipped.Gazetteer.Matches(reading.Whole, reading.Tokens, at)
                        .Where(m => m.Name.Language is null || m.Name.Language == reading.Language)
                );
            }
        }
        Matches = matches;
    }

    /// <summary>In the order of the text; of those that begin at one token the longest first.</summary>
    internal IReadOnlyList<GazetteerMatch> Matches { get; }
}
