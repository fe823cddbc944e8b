using System.Collections.Frozen;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using CyberInsights.Text;

namespace CyberInsights.Recognise.Tagging;

/// <summary>
/// What the tagger sees of a token, as hashes: the words around it, its form, which lists name it, and what stands beside the same
/// word elsewhere in the text. Pure; the same text gives the same features.
/// </summary>
internal sealed class TagFeatures
{
    // What stands beside a name and tells what it is, wherever in the text it does.
    private static readonly FrozenDictionary<string, int> Cues = new[]
    {
        "malware|trojan|backdoor|payload|sample|samples|binary|botnet|family|variant|variants|infection|loader|downloader|implant|dropper",
        "ransomware",
        "rat|stealer|infostealer|banker|bot|worm|wiper|rootkit|miner|keylogger",
        "group|gang|actor|actors|apt|crew|team|hackers|operators|affiliates|collective",
        "company|firm|vendor|provider|inc|ltd|gmbh|corp|llc|customers|ceo|spokesperson",
        "researchers|researcher|analysts|report|blog|team's|labs",
        "ministry|agency|government|department|officials|military|police|army|embassy",
        "in|from|across|at|near|based",
        "sector|industry|companies|organizations|organisations|entities|sectors|industries",
        "tool|utility|framework|tools|script|command|exe",
        "attributed|tracked|known|dubbed|called|aka|alias",
        "targeted|targeting|targets|attacked|attack|campaign|campaigns|attacks",
        "uses|using|used|via|with|downloads|drops|delivers|delivering|distributes|deployed|executes|installs",
        "said|says|told|announced|published|reported|discovered|observed|identified",
    }
        .SelectMany((line, bit) => line.Split('|').Select(word => (word, bit)))
        .ToFrozenDictionary(p => p.word, p => p.bit);

    private readonly Reading reading;
    private readonly ulong[] words;
    private readonly ulong[] shapes;
    private readonly List<ushort>?[] listed;
    private readonly Dictionary<string, Habit> habits = [];

    internal TagFeatures(Reading reading, Listing listing)
    {
        this.reading = reading;
        words = new ulong[reading.Tokens.Count];
        shapes = new ulong[reading.Tokens.Count];
        listed = new List<ushort>?[reading.Tokens.Count];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Hash(reading.Tokens[i].Folded);
            shapes[i] = Shape(i);
        }
        MarkListed(listing);
        ReadHabits();
    }

    /// <summary>Puts the features of token <paramref name="at"/> into <paramref name="into"/>, which is cleared first.</summary>
    internal void Of(int at, Sentence sentence, List<ulong> into)
    {
        into.Clear();
        var (before, after) = (Word(at - 1, sentence), Word(at + 1, sentence));
        var (before2, after2) = (Word(at - 2, sentence), Word(at + 2, sentence));
        var word = words[at];
        Add(into, 1, word);
        Add(into, 2, word, before);
        Add(into, 3, word, after);
        Add(into, 4, word, shapes[at]);
        var folded = reading.Tokens[at].Folded;
        for (var length = 6; length >= 2; length--)
        {
            Add(into, 10 + (ulong)length, End(folded, length));
            if (length is 4 or 3)
            {
                Add(into, 20 + (ulong)length, Beginning(folded, length));
            }
        }
        Add(into, 22, Beginning(folded, 2));
        Add(into, 21, Beginning(folded, 1));
        Add(into, 30, before);
        Add(into, 31, after);
        Add(into, 32, before2);
        Add(into, 33, after2);
        Add(into, 34, before, before2);
        Add(into, 35, after, after2);
        Add(into, 36, before, after);
        var (shapeBefore, shapeAfter) = (ShapeAt(at - 1, sentence), ShapeAt(at + 1, sentence));
        var start =
            at == sentence.First ? 1UL
            : reading.TitleCase[SentenceNumber] ? 2UL
            : 3UL;
        Add(into, 40, shapes[at]);
        Add(into, 41, shapes[at], start);
        Add(into, 42, shapes[at], shapeAfter);
        Add(into, 43, shapeBefore, shapes[at]);
        Add(into, 44, shapes[at], before);
        Add(into, 45, shapes[at], after);
        Add(into, 46, shapeBefore, shapes[at], shapeAfter);
        AddListed(into, at, sentence);
        AddHabits(into, at);
        Add(into, 99, 0);
    }

    /// <summary>The number of the sentence whose tokens are asked for.</summary>
    internal int SentenceNumber { get; set; }

    private void AddListed(List<ulong> into, int at, Sentence sentence)
    {
        for (var offset = -1; offset <= 1; offset++)
        {
            var token = at + offset;
            var marks = token >= sentence.First && token < sentence.End ? listed[token] : null;
            if (marks is null)
            {
                Add(into, 50 + (ulong)(offset + 1), 0);
                continue;
            }
            var all = 0UL;
            foreach (var mark in marks)
            {
                Add(into, 50 + (ulong)(offset + 1), mark);
                if (offset == 0)
                {
                    Add(into, 54, mark, shapes[at]);
                    Add(into, 55, mark, Word(at + 1, sentence));
                    Add(into, 56, mark, Word(at - 1, sentence));
                }
                all = (all * 31) + mark;
            }
            Add(into, 57 + (ulong)(offset + 1), all);
        }
    }

    private void AddHabits(List<ulong> into, int at)
    {
        var habit = habits[reading.Tokens[at].Folded];
        if (!habit.IsName)
        {
            return;
        }
        var often =
            habit.Count >= 4 ? 3UL
            : habit.Count >= 2 ? 2UL
            : 1UL;
        var capitals = (ulong)(habit.Capitals * 4 / habit.Count);
        Add(into, 70, capitals, often);
        Add(into, 71, capitals, shapes[at]);
        for (var bit = 0; bit < 32; bit++)
        {
            if ((habit.Before & (1u << bit)) != 0)
            {
                Add(into, 72, (ulong)bit);
                Add(into, 74, (ulong)bit, shapes[at]);
            }
            if ((habit.After & (1u << bit)) != 0)
            {
                Add(into, 73, (ulong)bit);
                Add(into, 75, (ulong)bit, shapes[at]);
            }
        }
    }

    private void MarkListed(Listing listing)
    {
        foreach (var match in listing.Matches)
        {
            var code = ((int)match.Name.Entity.Kind * 8) + ((int)match.Name.Form * 2) + (match.Fits ? 1 : 0);
            for (var i = match.First; i < match.End; i++)
            {
                var place =
                    match.End - match.First == 1 ? 0
                    : i == match.First ? 1
                    : i == match.End - 1 ? 2
                    : 3;
                var mark = (ushort)((code * 4) + place);
                var marks = listed[i] ??= [];
                if (!marks.Contains(mark))
                {
                    marks.Add(mark);
                }
            }
        }
    }

    private void ReadHabits()
    {
        for (var i = 0; i < reading.Tokens.Count; i++)
        {
            ref var habit = ref CollectionsMarshal.GetValueRefOrAddDefault(habits, reading.Tokens[i].Folded, out _);
            habit.Count++;
            if (
                reading.Tokens[i].Kind == TokenKind.Mark
                || !reading.Whole.AsSpan(reading.Tokens[i].Start, reading.Tokens[i].Length).ContainsAnyInRange('A', 'Z')
            )
            {
                continue;
            }
            habit.Capitals++;
            habit.IsName = true;
            if (Cues.TryGetValue(reading.Word(i - 1), out var before))
            {
                habit.Before |= 1u << before;
            }
            if (Cues.TryGetValue(reading.Word(i + 1), out var after))
            {
                habit.After |= 1u << after;
            }
        }
    }

    private static ulong End(string word, int length) =>
        length < word.Length ? Hash(word.AsSpan(word.Length - length)) : 0;

    private static ulong Beginning(string word, int length) => length < word.Length ? Hash(word.AsSpan(0, length)) : 0;

    private ulong Word(int at, Sentence sentence) =>
        at < sentence.First ? 1
        : at >= sentence.End ? 2
        : words[at];

    private ulong ShapeAt(int at, Sentence sentence) =>
        at < sentence.First ? 1
        : at >= sentence.End ? 2
        : shapes[at];

    // "FlawedAmmyy" is AaAa, "APT28" is A0, "njRAT" is aA: runs count once, and a single capital is not a run of them.
    private ulong Shape(int at)
    {
        var token = reading.Tokens[at];
        Span<char> shape = stackalloc char[12];
        var length = 0;
        var last = '\0';
        var run = 0;
        foreach (var c in reading.Whole.AsSpan(token.Start, Math.Min(token.Length, 40)))
        {
            var kind =
                char.IsUpper(c) ? 'A'
                : char.IsLower(c) ? 'a'
                : char.IsDigit(c) ? '0'
                : char.IsLetter(c) ? 'x'
                : c;
            run = kind == last ? run + 1 : 1;
            if (length < shape.Length && (run == 1 || (run == 2 && kind == 'A')))
            {
                shape[length++] = kind;
            }
            last = kind;
        }
        return Hash(shape[..length]);
    }

    private static ulong Hash(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));

    private static void Add(List<ulong> into, ulong template, ulong a, ulong b = 0, ulong c = 0)
    {
        const ulong odd = 0x9E3779B97F4A7C15;
        var hash = (template + 1) * odd;
        hash = (System.Numerics.BitOperations.RotateLeft(hash, 23) ^ a) * odd;
        hash = (System.Numerics.BitOperations.RotateLeft(hash, 23) ^ b) * odd;
        hash = (System.Numerics.BitOperations.RotateLeft(hash, 23) ^ c) * odd;
        into.Add(hash ^ (hash >> 29));
    }

    /// <summary>How a text writes a word, over all its occurrences.</summary>
    private struct Habit
    {
        internal int Count;
        internal int Capitals;
        internal bool IsName;
        internal uint Before;
        internal uint After;
    }
}
