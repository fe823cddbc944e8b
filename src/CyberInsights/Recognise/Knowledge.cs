using System.Collections.Frozen;
using CyberInsights.Text;

namespace CyberInsights.Recognise;

/// <summary>A country as sentences need it.</summary>
internal sealed record Country(string Code, EntityDraft Entity, string Adjective, string? Seat);

/// <summary>Everything the lists hold, read once. Immutable, thread safe.</summary>
internal sealed class Knowledge
{
    // In German and Czech an adjective is declined; a stem with a star stands for all its forms.
    private static readonly string[] GermanEndings = ["", "e", "er", "es", "en", "em"];
    private static readonly string[] CzechEndings =
    [
        "ý",
        "á",
        "é",
        "ého",
        "ému",
        "ém",
        "ým",
        "ých",
        "ými",
        "ou",
        "í",
        "ému",
        "y",
        "u",
        "é",
        "ů",
        "ům",
    ];
    private static readonly string[] RussianEndings =
    [
        "ий",
        "ая",
        "ое",
        "ие",
        "ого",
        "ому",
        "ую",
        "ой",
        "им",
        "ом",
        "их",
        "ими",
        "ый",
        "ые",
        "ым",
        "ых",
        "ыми",
    ];
    private static readonly string[] RomanceEndings = ["", "e", "o", "a", "s", "es", "os", "as"];
    private static readonly string[] ArabicPrefixes = ["و", "ب", "ف", "ك"];

    private static readonly Lazy<Knowledge> Loaded = new(() => new Knowledge());

    /// <summary>The lists that ship.</summary>
    internal static Knowledge Shipped => Loaded.Value;

    private readonly List<GazetteerName> names = [];
    private readonly HashSet<string> stateBodies = [];
    private readonly Dictionary<(string Body, string Code), EntityDraft> knownBodies = [];

    private Knowledge()
    {
        Countries = ReadCountries();
        ReadForeignCountryNames();
        ReadBlocs();
        ReadOrganisations();
        ReadPersons();
        ReadPlaces();
        ReadProducts();
        ReadGathered();
        ReadSectors();
        Bodies = new Gazetteer(ReadBodies());
        Gazetteer = new Gazetteer(names);
    }

    internal Gazetteer Gazetteer { get; }

    /// <summary>"foreign ministry", "government": names that need a country beside them; the draft's key is the list's.</summary>
    internal Gazetteer Bodies { get; }
    internal FrozenDictionary<string, Country> Countries { get; }

    /// <summary>Keys of research and security firms, whose attributions are assessments.</summary>
    internal HashSet<string> Researchers { get; } = [];

    /// <summary>Words of the trade that name nothing by themselves, folded.</summary>
    internal FrozenSet<string> Concepts { get; } =
        ListFile.Read("concepts.tsv", 1).SelectMany(l => ListFile.Words(l[0])).ToFrozenSet();

    /// <summary>Keys of newspapers and agencies: they tell, they take no stance.</summary>
    internal HashSet<string> Outlets { get; } = [];

    /// <summary>Whether an organisation speaks for a state.</summary>
    internal bool IsState(EntityDraft organisation) => IsState(organisation.Key, organisation.Code);

    /// <inheritdoc cref="IsState(EntityDraft)"/>
    internal bool IsState(string key, string? code) => stateBodies.Contains(key) || IsStateKey(key, code);

    // Bodies that are named by their country's code: "cz-foreign-ministry".
    private static bool IsStateKey(string key, string? code) =>
        code is not null && key.StartsWith($"organisation:{code.ToLowerInvariant()}-", StringComparison.Ordinal);

    internal static EntityDraft Draft(EntityKind kind, string key, string name, string? code = null) =>
        new()
        {
            Kind = kind,
            Key = $"{kind.ToString().ToLowerInvariant()}:{key}",
            Slug = Folding.Slug(name),
            Name = name,
            Code = code,
        };

    /// <summary>The body of a state: "Chinese Foreign Ministry"; for some the name it is known by: "Ministry of State Security".</summary>
    internal EntityDraft BodyOf(EntityDraft body, EntityDraft owner)
    {
        var code = owner.Code ?? owner.Key[(owner.Key.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (knownBodies.TryGetValue((body.Key, code), out var known))
        {
            return known;
        }
        var adjective = Countries.TryGetValue(code, out var country) ? country.Adjective : owner.Code ?? owner.Name;
        return Draft(
            EntityKind.Organisation,
            $"{code.ToLowerInvariant()}-{body.Key}",
            $"{adjective} {body.Name}",
            owner.Code
        );
    }

    /// <summary>A mission abroad: "Embassy of China in Prague"; <paramref name="host"/> null when the text does not say where.</summary>
    internal EntityDraft MissionOf(EntityDraft body, EntityDraft owner, EntityDraft? host)
    {
        var name = $"{char.ToUpperInvariant(body.Name[0])}{body.Name[1..]} of {WithArticle(owner.Name)}";
        var key = $"{owner.Code?.ToLowerInvariant()}-{body.Key}";
        if (host?.Code is { } code && Countries.TryGetValue(code, out var country))
        {
            name += $" in {country.Seat ?? WithArticle(country.Entity.Name)}";
            key += $"-{code.ToLowerInvariant()}";
        }
        return Draft(EntityKind.Organisation, key, name, owner.Code);
    }

    private static string WithArticle(string name) =>
        name.StartsWith("United", StringComparison.Ordinal)
        || name.EndsWith("Republic", StringComparison.Ordinal)
        || name.EndsWith("Islands", StringComparison.Ordinal)
        || name is "Netherlands" or "Philippines" or "European Union" or "Maldives" or "Bahamas" or "Gambia"
            ? $"the {name}"
            : name;

    private FrozenDictionary<string, Country> ReadCountries()
    {
        var countries = new Dictionary<string, Country>();
        foreach (var line in ListFile.Read("countries.tsv", 5))
        {
            var (code, name, seats) = (line[0], line[1], ListFile.Words(line[4]));
            var adjectives = ListFile.Words(line[3]);
            var entity = Draft(EntityKind.Country, code.ToLowerInvariant(), name, code);
            countries[code] = new Country(
                code,
                entity,
                code == "US" ? "US" : adjectives.FirstOrDefault(name),
                seats.FirstOrDefault()
            );
            foreach (var word in ListFile.Words(line[2]).Prepend(name))
            {
                Add(entity, word, MentionForm.Name, ShortRule(word));
            }
            foreach (var word in adjectives)
            {
                Add(entity, word, MentionForm.Adjective, NameRule.Capital);
                if (
                    word[^1] is 'n' or 'i' or 'b' or 'k' or 'e' or 'h'
                    && !word.EndsWith("sh", StringComparison.Ordinal)
                    && !word.EndsWith("ese", StringComparison.Ordinal)
                )
                {
                    Add(entity, word + "s", MentionForm.Adjective, NameRule.Capital);
                }
            }
            foreach (var word in seats)
            {
                Add(entity, word, MentionForm.Seat, NameRule.Capital);
            }
        }
        return countries.ToFrozenDictionary();
    }

    private void ReadForeignCountryNames()
    {
        foreach (var line in ListFile.Read("country-names.tsv", 5))
        {
            var entity = Countries[line[0]].Entity;
            // "Suède" without its accent is a leather, "chino" a kind of trousers: names like these count in their language alone.
            var only = line[1] is "fr" or "es" ? line[1] : null;
            AddNames(entity, line[1], ListFile.Words(line[2]), MentionForm.Name, only);
            foreach (var word in ListFile.Words(line[3]))
            {
                AddAll(entity, Declined(word, line[1]), MentionForm.Adjective, NameRule.AnyCase, only);
            }
            AddNames(entity, line[1], ListFile.Words(line[4]), MentionForm.Seat, only);
        }
    }

    private void AddNames(EntityDraft entity, string language, string[] words, MentionForm form, string? only)
    {
        for (var i = 0; i < words.Length; i++)
        {
            foreach (var spelling in WithPrefixes(words[i], language))
            {
                var rule = form == MentionForm.Name ? ShortRule(words[i]) : NameRule.Capital;
                names.Add(
                    new GazetteerName(entity, spelling, form, rule)
                    {
                        Language = only,
                        Oblique = IsCase(words, i, language),
                    }
                );
            }
        }
    }

    // "Čína|Číny|Číně": what begins like a name before it is that name in another case.
    private static bool IsCase(string[] words, int at, string language) =>
        language is "cs" or "ru"
        && words[at].Length > 3
        && words[..at]
            .Any(w =>
                w.Length > 3
                && w.AsSpan().Count(' ') == words[at].AsSpan().Count(' ')
                && w.AsSpan(0, 3).SequenceEqual(words[at].AsSpan(0, 3))
            );

    private static IEnumerable<string> Declined(string word, string language) =>
        word.EndsWith('*') ? EndingsOf(language).Select(e => word[..^1] + e) : WithPrefixes(word, language);

    private static string[] EndingsOf(string language) =>
        language switch
        {
            "de" => GermanEndings,
            "cs" => CzechEndings,
            "ru" => RussianEndings,
            _ => RomanceEndings,
        };

    // In Arabic "and", "in", "to" are written together with the next word: والصين, بالصين, للصين.
    private static IEnumerable<string> WithPrefixes(string word, string language) =>
        language != "ar"
            ? [word]
            :
            [
                word,
                .. ArabicPrefixes.Select(p => p + word),
                word.StartsWith("ال", StringComparison.Ordinal) ? $"لل{word[2..]}" : $"ل{word}",
            ];

    private void ReadBlocs()
    {
        foreach (var line in ListFile.Read("blocs.tsv", 4))
        {
            var code = line[2].Length == 0 ? null : line[2];
            var entity = Draft(EntityKind.Bloc, line[0], line[1], code);
            foreach (var word in ListFile.Words(line[3]).Append(line[1]).Distinct())
            {
                AddAll(entity, WithPrefixes(word, word[0] > '\u0600' ? "ar" : ""), MentionForm.Name, ShortRule(word));
            }
        }
    }

    private void ReadOrganisations()
    {
        foreach (var line in ListFile.Read("organisations.tsv", 4))
        {
            var code = line[1].Length == 0 ? null : line[1];
            var entity = Draft(EntityKind.Organisation, Folding.Slug(line[0]), line[0], code);
            foreach (var word in ListFile.Words(line[3]).Prepend(line[0]))
            {
                Add(entity, word, MentionForm.Name, ShortRule(word));
            }
            (
                line[2] switch
                {
                    "r" => Researchers,
                    "m" => Outlets,
                    _ => null,
                }
            )?.Add(entity.Key);
            if (line[2].StartsWith('g'))
            {
                stateBodies.Add(entity.Key);
            }
            if (code is not null && line[2].StartsWith("g/", StringComparison.Ordinal))
            {
                knownBodies[(line[2][2..], code)] = entity;
            }
        }
    }

    private void ReadPersons()
    {
        foreach (var line in ListFile.Read("persons.tsv", 3))
        {
            var code = line[1].Length == 0 ? null : line[1];
            var entity = Draft(EntityKind.Person, Folding.Slug(line[0]), line[0], code);
            foreach (var word in ListFile.Words(line[2]).Prepend(line[0]))
            {
                Add(entity, word, MentionForm.Name, NameRule.Capital);
            }
        }
    }

    private void ReadProducts()
    {
        foreach (var line in ListFile.Read("products.tsv", 2))
        {
            var entity = Draft(EntityKind.Product, Folding.Slug(line[0]), line[0]);
            foreach (var word in ListFile.Words(line[1]).Prepend(line[0]))
            {
                Add(entity, word, MentionForm.Name, ShortRule(word));
            }
        }
    }

    private void ReadPlaces()
    {
        foreach (var line in ListFile.Read("places.tsv", 4))
        {
            var entity = Draft(EntityKind.Place, Folding.Slug(line[0]), line[0], line[1].Length == 0 ? null : line[1]);
            foreach (var word in ListFile.Words(line[2]).Prepend(line[0]))
            {
                Add(entity, word, MentionForm.Name, ShortRule(word));
            }
            foreach (var word in ListFile.Words(line[3]))
            {
                Add(entity, word, MentionForm.Adjective, NameRule.Capital);
            }
        }
    }

    // What the lists above say of an entity counts before what the corpora say.
    private void ReadGathered()
    {
        var known = names.Select(n => n.Entity.Key).ToHashSet();
        foreach (var line in GatheredLine.Read())
        {
            var entity =
                line.Kind == EntityKind.Country && Countries.TryGetValue(line.Country!, out var country)
                    ? country.Entity
                    : line.Draft();
            if (line.Kind is not EntityKind.Country && known.Contains(entity.Key))
            {
                continue;
            }
            if (line.IsResearcher)
            {
                Researchers.Add(entity.Key);
            }
            foreach (var name in line.Names)
            {
                AddAll(
                    entity,
                    Spellings(name.Name),
                    MentionForm.Name,
                    name.NeedsContext ? NameRule.InContext : ShortRule(name.Name)
                );
            }
        }
    }

    // "APT28" is also written "APT 28" and "APT-28", "Smoke Loader" also "SmokeLoader".
    private static IEnumerable<string> Spellings(string name)
    {
        yield return name;
        var letters = name.TrimEnd("0123456789".ToCharArray());
        var digits = name[letters.Length..];
        letters = letters.TrimEnd(' ', '-');
        if (letters.Length > 1 && digits.Length > 0 && letters.All(char.IsAsciiLetterUpper))
        {
            yield return name.Contains(' ') || name.Contains('-') ? letters + digits : $"{letters} {digits}";
        }
        else if (
            name.Length > 6
            && name.AsSpan().Count(' ') == 1
            && char.IsUpper(name[name.IndexOf(' ', StringComparison.Ordinal) + 1])
        )
        {
            yield return name.Replace(" ", "", StringComparison.Ordinal);
        }
        else if (FamilyForm.Split(name) is { } split)
        {
            yield return split;
        }
    }

    private void ReadSectors()
    {
        foreach (var line in ListFile.Read("sectors.tsv", 3))
        {
            var entity = Draft(EntityKind.Sector, line[0], line[1]);
            foreach (var word in ListFile.Words(line[2]))
            {
                var (name, rule) = word[0] == '?' ? (word[1..], NameRule.InContext) : (word, NameRule.AnyCase);
                AddAll(entity, WithPrefixes(name, name[0] > '\u0600' ? "ar" : ""), MentionForm.Name, rule);
            }
        }
    }

    private static IEnumerable<GazetteerName> ReadBodies() =>
        from line in ListFile.Read("bodies.tsv", 3)
        let entity = new EntityDraft
        {
            Kind = EntityKind.Organisation,
            Key = line[0],
            Slug = line[0],
            Name = line[1],
        }
        from word in ListFile.Words(line[2])
        from spelling in WithPrefixes(word, word[0] > '\u0600' ? "ar" : "")
        select new GazetteerName(entity, spelling, MentionForm.Name, NameRule.AnyCase);

    // Short names are words in other letters ("us", "ice", "it"), so they count only as written.
    private static NameRule ShortRule(string name) =>
        !name.Any(char.IsAsciiDigit)
        && name[0] < '\u0600'
        && name.Length <= 5
        && (name.Length <= 2 || char.IsUpper(name[1]))
            ? NameRule.Exact
            : NameRule.Capital;

    private void Add(EntityDraft entity, string name, MentionForm form, NameRule rule, string? language = null) =>
        names.Add(new GazetteerName(entity, name, form, rule) { Language = language });

    private void AddAll(
        EntityDraft entity,
        IEnumerable<string> spellings,
        MentionForm form,
        NameRule rule,
        string? language = null
    )
    {
        foreach (var spelling in spellings)
        {
            Add(entity, spelling, form, rule, language);
        }
    }
}
