namespace CyberInsights.Storage.Searching;

/// <summary>
/// What an English word has in common with its other forms: "attackers", "attacked" and "attack" come to "attack" (M. F. Porter's
/// second English stemmer, snowballstem.org/algorithms/english). Pure.
/// </summary>
internal ref struct EnglishStem
{
    private const int Longest = 32;

    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    };

    private static readonly string[] Finished =
    [
        "inning",
        "outing",
        "canning",
        "herring",
        "earring",
        "proceed",
        "exceed",
        "succeed",
    ];

    // The longest ending that fits decides, also where its condition then forbids the change.
    private static readonly (string Ending, string Instead)[] Second =
    [
        ("ization", "ize"),
        ("ational", "ate"),
        ("fulness", "ful"),
        ("ousness", "ous"),
        ("iveness", "ive"),
        ("tional", "tion"),
        ("biliti", "ble"),
        ("lessli", "less"),
        ("entli", "ent"),
        ("ation", "ate"),
        ("alism", "al"),
        ("aliti", "al"),
        ("ousli", "ous"),
        ("iviti", "ive"),
        ("fulli", "ful"),
        ("enci", "ence"),
        ("anci", "ance"),
        ("abli", "able"),
        ("izer", "ize"),
        ("ator", "ate"),
        ("alli", "al"),
        ("bli", "ble"),
        ("ogi", "og"),
        ("li", ""),
    ];

    private static readonly (string Ending, string Instead)[] Third =
    [
        ("ational", "ate"),
        ("tional", "tion"),
        ("alize", "al"),
        ("icate", "ic"),
        ("iciti", "ic"),
        ("ative", ""),
        ("ical", "ic"),
        ("ness", ""),
        ("ful", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement",
        "ance",
        "ence",
        "able",
        "ible",
        "ment",
        "ant",
        "ent",
        "ism",
        "ate",
        "iti",
        "ous",
        "ive",
        "ize",
        "ion",
        "al",
        "er",
        "ic",
    ];

    private readonly Span<char> letters;
    private int length;
    private int first;
    private int second;

    private EnglishStem(Span<char> letters, int length)
    {
        this.letters = letters;
        this.length = length;
    }

    /// <summary>The stem of a word in lower case; what is no word of 3 to 32 letters a to z stays as it is.</summary>
    internal static string Of(string word)
    {
        if (word.Length is < 3 or > Longest || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }
        if (Irregular.TryGetValue(word, out var known))
        {
            return known;
        }
        Span<char> letters = stackalloc char[Longest + 1];
        word.CopyTo(letters);
        var stem = new EnglishStem(letters, word.Length);
        stem.Cut();
        return stem.letters[..stem.length].SequenceEqual(word)
            ? word
            : new string(stem.letters[..stem.length]).Replace('Y', 'y');
    }

    private void Cut()
    {
        for (var i = 0; i < length; i++)
        {
            if (letters[i] == 'y' && (i == 0 || IsVowel(i - 1)))
            {
                letters[i] = 'Y';
            }
        }
        first = Regions();
        second = Region(first);
        CutPlural();
        if (Array.IndexOf(Finished, new string(letters[..length])) >= 0)
        {
            return;
        }
        CutPast();
        if (length > 2 && letters[length - 1] is 'y' or 'Y' && !IsVowel(length - 2))
        {
            letters[length - 1] = 'i';
        }
        CutSecond();
        CutThird();
        CutFourth();
        CutLast();
    }

    private readonly bool IsVowel(int at) => letters[at] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private readonly bool Ends(string ending) => letters[..length].EndsWith(ending);

    // R1 begins after the first consonant behind a vowel, R2 likewise within R1.
    private readonly int Regions()
    {
        foreach (var beginning in (ReadOnlySpan<string>)["gener", "commun", "arsen"])
        {
            if (letters[..length].StartsWith(beginning))
            {
                return beginning.Length;
            }
        }
        return Region(0);
    }

    private readonly int Region(int from)
    {
        for (var i = from + 1; i < length; i++)
        {
            if (!IsVowel(i) && IsVowel(i - 1))
            {
                return i + 1;
            }
        }
        return length;
    }

    private readonly bool HasVowel(int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (IsVowel(i))
            {
                return true;
            }
        }
        return false;
    }

    private readonly bool EndsShort(int end) =>
        end == 2
            ? IsVowel(0) && !IsVowel(1)
            : end > 2
                && !IsVowel(end - 1)
                && letters[end - 1] is not ('w' or 'x' or 'Y')
                && IsVowel(end - 2)
                && !IsVowel(end - 3);

    private void Put(string ending, string instead)
    {
        instead.CopyTo(letters[(length - ending.Length)..]);
        length += instead.Length - ending.Length;
    }

    private void CutPlural()
    {
        if (Ends("sses"))
        {
            length -= 2;
        }
        else if (Ends("ied") || Ends("ies"))
        {
            length -= length > 4 ? 2 : 1;
        }
        else if (letters[length - 1] == 's' && !Ends("us") && !Ends("ss") && HasVowel(length - 2))
        {
            length--;
        }
    }

    private void CutPast()
    {
        if (Ends("eedly") || Ends("eed"))
        {
            var ending = Ends("eed") ? "eed" : "eedly";
            if (length - ending.Length >= first)
            {
                Put(ending, "ee");
            }
            return;
        }
        foreach (var ending in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (!Ends(ending))
            {
                continue;
            }
            if (HasVowel(length - ending.Length))
            {
                length -= ending.Length;
                Mend();
            }
            return;
        }
    }

    // hop(ping) loses a letter, hop(ing) gets one back.
    private void Mend()
    {
        if (Ends("at") || Ends("bl") || Ends("iz") || (first >= length && EndsShort(length)))
        {
            letters[length++] = 'e';
        }
        else if (
            length > 1
            && letters[length - 1] == letters[length - 2]
            && letters[length - 1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't'
        )
        {
            length--;
        }
    }

    private void CutSecond()
    {
        foreach (var (ending, instead) in Second)
        {
            if (!Ends(ending))
            {
                continue;
            }
            var start = length - ending.Length;
            var fits = ending switch
            {
                "ogi" => start > 0 && letters[start - 1] == 'l',
                "li" => start > 0 && "cdeghkmnrt".Contains(letters[start - 1], StringComparison.Ordinal),
                _ => true,
            };
            if (start >= first && fits)
            {
                Put(ending, instead);
            }
            return;
        }
    }

    private void CutThird()
    {
        foreach (var (ending, instead) in Third)
        {
            if (!Ends(ending))
            {
                continue;
            }
            if (length - ending.Length >= (ending == "ative" ? second : first))
            {
                Put(ending, instead);
            }
            return;
        }
    }

    private void CutFourth()
    {
        foreach (var ending in Fourth)
        {
            if (!Ends(ending))
            {
                continue;
            }
            var start = length - ending.Length;
            if (start >= second && (ending != "ion" || (start > 0 && letters[start - 1] is 's' or 't')))
            {
                length = start;
            }
            return;
        }
    }

    private void CutLast()
    {
        var last = length - 1;
        var cut = letters[last] switch
        {
            'e' => last >= second || (last >= first && !EndsShort(last)),
            'l' => last >= second && last > 0 && letters[last - 1] == 'l',
            _ => false,
        };
        length -= cut ? 1 : 0;
    }
}
