namespace CyberInsights.Text.Syntax;

/// <summary>
/// What the network sees of a word, as hashes: the word in lower case, the form as written, its shape, its beginnings and its endings.
/// Digits count as 0, curly apostrophes as straight ones, long dashes as short ones, other opening and closing marks as “ and ”.
/// </summary>
internal static class WordFeatures
{
    /// <summary>Features of one word at most; the first is that of the word itself.</summary>
    internal const int Most = 12;

    // Beyond this a word is an address or noise; its beginning and end say so.
    private const int MaxLength = 32;

    private const int MaxPrefix = 4;
    private const int MaxSuffix = 5;

    /// <summary>The first feature: the word itself.</summary>
    internal static uint Word(ReadOnlySpan<char> form)
    {
        Span<uint> features = stackalloc uint[Most];
        Of(form, features);
        return features[0];
    }

    /// <summary>Writes the features of a word and returns how many there are.</summary>
    internal static int Of(ReadOnlySpan<char> form, Span<uint> features)
    {
        Span<char> plain = stackalloc char[MaxLength];
        Span<char> lower = stackalloc char[MaxLength];
        var length = Plain(form, plain);
        plain = plain[..length];
        lower = lower[..length];
        for (var i = 0; i < length; i++)
        {
            lower[i] = char.ToLowerInvariant(plain[i]);
        }
        var count = 0;
        features[count++] = Hash('w', lower);
        features[count++] = Hash('f', plain);
        features[count++] = ShapeOf(form);
        for (var n = 1; n <= MaxPrefix && n < length; n++)
        {
            features[count++] = Hash((char)('0' + n), lower[..n]);
        }
        for (var n = 1; n <= MaxSuffix && n < length; n++)
        {
            features[count++] = Hash((char)('A' + n), lower[^n..]);
        }
        return count;
    }

    private static int Plain(ReadOnlySpan<char> form, Span<char> plain)
    {
        // Of a long word the first and the last half of what fits.
        var length = Math.Min(form.Length, MaxLength);
        for (var i = 0; i < length; i++)
        {
            var c = form.Length > MaxLength && i >= MaxLength / 2 ? form[form.Length - MaxLength + i] : form[i];
            plain[i] = c switch
            {
                '’' or '‘' or '`' => '\'',
                '„' or '«' => '“',
                '»' => '”',
                '–' or '—' => '-',
                _ => char.IsDigit(c) ? '0' : c,
            };
        }
        return length;
    }

    // "Beijing" is Xxx, "APT28" XXX00, "well" xxx: runs are cut after the third.
    private static uint ShapeOf(ReadOnlySpan<char> form)
    {
        Span<char> shape = stackalloc char[MaxLength];
        var length = 0;
        var (last, run) = ('\0', 0);
        foreach (var c in form)
        {
            var kind =
                char.IsUpper(c) ? 'X'
                : char.IsLetter(c) ? 'x'
                : char.IsDigit(c) ? '0'
                : c;
            run = kind == last ? run + 1 : 1;
            last = kind;
            if (run <= 3 && length < MaxLength)
            {
                shape[length++] = kind;
            }
        }
        return Hash('s', shape[..length]);
    }

    // FNV-1a (draft-eastlake-fnv).
    private static uint Hash(char kind, ReadOnlySpan<char> text)
    {
        var hash = (2166136261u ^ kind) * 16777619u;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return hash;
    }
}
