namespace CyberInsights.Server.Accounts;

/// <summary>Finds what is easy in a password: words that stand in every list of the most used ones, rows of keys, years, repetition, and what stands on the page.</summary>
internal static class EasyParts
{
    /// <summary>Characters that have to be left: six small letters alone are 3 · 10^8 guesses.</summary>
    internal const int MinOwn = 6;

    private const int ShortestRun = 3;

    private static readonly string[] Rows =
    [
        "1234567890",
        "qwertyuiop",
        "qwertzuiop",
        "azertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "yxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv",
    ];

    private static readonly string[] Runs = [.. Rows, .. Rows.Select(r => new string([.. r.Reverse()]))];

    // As people write them after letters were turned back from look-alikes.
    private static readonly string[] Words =
        "password passwort passw motdepasse contrasena heslo secret geheim welcome willkommen bienvenue letmein admin administrator root login master access changeme default test guest user iloveyou love angel sunshine princess monkey dragon shadow football soccer baseball basketball hockey michael jordan jessica charlie daniel thomas ashley michelle andrew matthew joshua superman batman pokemon starwars trustno hunter ranger killer pepper ginger summer winter spring autumn sommer monday friday january october december computer internet server network security cyber insights newsroom editor company samsung google facebook apple windows linux whatever freedom flower cookie cheese banana orange purple silver golden diamond hello hallo abcd london paris berlin".Split(
            ' '
        );

    /// <summary>How many characters of <paramref name="password"/> are left when what is easy is taken out.</summary>
    internal static int OwnLetters(string password, string email)
    {
        var written = Once(password.ToLowerInvariant());
        var meant = string.Concat(written.Select(Letter));
        string[] words = [.. Words, .. email.ToLowerInvariant().Split('@', '.').Where(p => p.Length >= ShortestRun)];
        var own = 0;
        for (var at = 0; at < written.Length; )
        {
            var easy = Math.Max(LongestWord(meant, at, words), LongestRun(written, at));
            easy =
                easy == 0 && at > 0 && (written[at] == written[at - 1] || written[at] is ' ' or '.' or '@') ? 1 : easy;
            own += easy == 0 ? 1 : 0;
            at += Math.Max(easy, 1);
        }
        return own;
    }

    // What is repeated as a whole is no harder than once.
    private static string Once(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return text[..length];
            }
        }
        return text;
    }

    private static int LongestWord(string meant, int at, string[] words) =>
        words.Where(w => string.CompareOrdinal(meant, at, w, 0, w.Length) == 0).Max(w => (int?)w.Length) ?? 0;

    private static int LongestRun(string written, int at)
    {
        if (
            written[at..]
            is ['1', '9', >= '0' and <= '9', >= '0' and <= '9', ..]
                or ['2', '0', >= '0' and <= '9', >= '0' and <= '9', ..]
        )
        {
            return 4;
        }
        var longest = 0;
        foreach (var row in Runs)
        {
            var from = row.IndexOf(written[at], StringComparison.Ordinal);
            var length = from < 0 ? 0 : row.AsSpan(from).CommonPrefixLength(written.AsSpan(at));
            longest = length >= ShortestRun ? Math.Max(longest, length) : longest;
        }
        return longest;
    }

    private static char Letter(char written) =>
        written switch
        {
            '@' or '4' => 'a',
            '3' => 'e',
            '1' or '!' => 'i',
            '0' => 'o',
            '$' or '5' => 's',
            '7' => 't',
            _ => written,
        };
}
