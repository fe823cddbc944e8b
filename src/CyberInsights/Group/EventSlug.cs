using CyberInsights.Storage;

namespace CyberInsights.Group;

/// <summary>The part of an event's address: words of the headline that opened it, and a short number that makes it unique.</summary>
internal static class EventSlug
{
    private const int MaxWords = 8;
    private const int MaxCharacters = 60;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    internal static string Of(string title, long id)
    {
        var slug = "";
        // Only ASCII: an address is read aloud, typed and printed. A headline in another script leaves the number alone.
        foreach (var word in SearchWords.Of(title).Where(w => w.All(char.IsAsciiLetterOrDigit)).Take(MaxWords))
        {
            if (slug.Length + word.Length >= MaxCharacters)
            {
                break;
            }
            slug += $"{word}-";
        }
        return slug + Number(id);
    }

    // Six digits of base 36 are two billion values, spread by a multiplier so that neighbours differ (Knuth, TAOCP 3, 6.4).
    private static string Number(long id)
    {
        Span<char> digits = stackalloc char[6];
        var rest = (ulong)id * 0x9E3779B97F4A7C15UL >> 20;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
        return new string(digits);
    }
}
