using CyberInsights.Recognise;
using CyberInsights.Text;

namespace CyberInsights.Group;

/// <summary>What turn of an affair a headline tells of; one headline may tell of several.</summary>
[Flags]
internal enum Turns
{
    None = 0,

    /// <summary>Arrest, charge, court, sanction.</summary>
    Law = 1,

    /// <summary>Guidance, alert, order, warning.</summary>
    Advice = 2,

    /// <summary>Patch, tool, recovery.</summary>
    Fix = 4,
    Flaw = 8,
    Exploit = 16,

    /// <summary>Ransom, sale of what was stolen.</summary>
    Demand = 32,

    /// <summary>Something stands still because of it.</summary>
    Impact = 64,
    Attack = 128,

    /// <summary>Somebody says, denies, accuses.</summary>
    Said = 256,
    Authority = 512,

    /// <summary>How, why, lessons.</summary>
    Analysis = 1024,

    /// <summary>Somebody found something out.</summary>
    Finding = 2048,

    /// <summary>Not one happening: a newsletter, a week in review, an offer.</summary>
    Roundup = 4096,
}

/// <summary>Reads what a headline is about by a word list. Pure.</summary>
internal static class Headlines
{
    /// <summary>The turns of an affair, without <see cref="Turns.Roundup"/>, in the order of their bits.</summary>
    internal static readonly IReadOnlyList<Turns> Kinds =
    [
        .. Enum.GetValues<Turns>().Where(t => t is not (Turns.None or Turns.Roundup)),
    ];

    // "Antitrust leaders press regulators | FTC charges chipmaker | Workers speak out"
    private const int TopicsOfRoundup = 3;

    private static readonly PhraseTable<Turns> Table = new(
        from line in ListFile.Read("headlines.tsv", 2)
        from word in ListFile.Words(line[1])
        select (word, Enum.Parse<Turns>(line[0]))
    );

    internal static Turns Of(string title)
    {
        var tokens = Tokens.List(title);
        var turns = title.Split(" | ").Length >= TopicsOfRoundup ? Turns.Roundup : Turns.None;
        for (var i = 0; i < tokens.Count; )
        {
            var (senses, length) = Table.At(tokens, i);
            foreach (var turn in senses)
            {
                turns |= turn;
            }
            i += length;
        }
        return turns;
    }
}
