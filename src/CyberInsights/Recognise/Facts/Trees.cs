using CyberInsights.Text.Syntax;

namespace CyberInsights.Recognise.Facts;

/// <summary>The syntax trees of English sentences; a headline in capitals is parsed once more as if it were written in small letters.</summary>
internal sealed class Trees(Reading reading, FoundIndex found)
{
    private readonly Lazy<string> small = new(() => InSmallLetters(reading, found));

    internal SyntaxTree Of(int sentence)
    {
        if (!reading.TitleCase[sentence])
        {
            return reading.Trees[sentence];
        }
        var words = Words.Of(small.Value, reading.Tokens, [reading.Sentences[sentence]]);
        return Parser.Shipped.Parse(small.Value, words)[0];
    }

    // Names keep their capitals; every letter keeps its place.
    private static string InSmallLetters(Reading reading, FoundIndex found)
    {
        var text = reading.Whole.ToCharArray();
        for (var s = 0; s < reading.Sentences.Count; s++)
        {
            var sentence = reading.Sentences[s];
            for (var i = sentence.First + 1; reading.TitleCase[s] && i < sentence.End; i++)
            {
                var token = reading.Tokens[i];
                var rest = reading.Whole.AsSpan(token.Start + 1, token.Length - 1);
                if (
                    found.Over(i) is null
                    && !reading.IsNameElsewhere(token.Folded)
                    && !rest.ContainsAnyInRange('A', 'Z')
                )
                {
                    text[token.Start] = char.ToLowerInvariant(text[token.Start]);
                }
            }
        }
        return new string(text);
    }
}
