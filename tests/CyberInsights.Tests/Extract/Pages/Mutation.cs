using System.Text;

namespace CyberInsights.Tests.Extract.Pages;

/// <summary>Seeded accidents: pieces of several documents cut, doubled, swapped and torn.</summary>
internal static class Mutation
{
    private static readonly string[] Tags = (
        "div p b i a span table tr td th tbody caption ul li dl dd svg math style script title textarea form select option "
        + "template noscript h1 h2 pre br img foreignObject mtext annotation-xml button object font nobr plaintext x-a"
    ).Split(' ');

    public static string Of(Random random, string[] seeds)
    {
        var text = new StringBuilder();
        for (var piece = random.Next(1, 5); piece > 0; piece--)
            text.Append(random.Next(3) == 0 ? Soup(random) : Slice(random, seeds[random.Next(seeds.Length)]));
        for (var tear = random.Next(4); tear > 0 && text.Length > 2; tear--)
            text.Remove(random.Next(text.Length - 1), 1);
        return text.ToString();
    }

    public static string Soup(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            var tag = Tags[random.Next(Tags.Length)];
            text.Append(
                random.Next(5) switch
                {
                    0 => $"</{tag}>",
                    1 => $"<{tag} title='{random.Next(9)}'>",
                    2 => "text ",
                    3 when random.Next(4) == 0 => $"<{tag}/>",
                    _ => $"<{tag}>",
                }
            );
        }
        return text.ToString();
    }

    private static string Slice(Random random, string text)
    {
        var start = random.Next(text.Length);
        return random.Next(2) == 0 ? text : text[start..random.Next(start, text.Length)];
    }
}
