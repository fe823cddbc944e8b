namespace CyberInsights.Recognise;

/// <summary>Who speaks: the entity where there is one, and the name and office the text gives.</summary>
internal sealed record Speaker(
    EntityDraft? Entity,
    string Name,
    string? Role,
    string? Country,
    Span Span,
    double Certainty
)
{
    /// <summary>A name that is in no list: most likely a person.</summary>
    internal bool IsName { get; init; }

    /// <summary>Whether two speakers are one party: the same, or the same state.</summary>
    internal bool IsParty(Speaker other) =>
        Name == other.Name
        || (Entity is not null && Entity.Key == other.Entity?.Key)
        || (Country is not null && Country == other.Country);
}

/// <summary>What pronouns and "the ministry" can mean at a place of the text: who was mentioned and who spoke last.</summary>
internal sealed class Discourse
{
    private readonly Dictionary<string, Found> personByRole = [];
    private readonly Dictionary<string, string> roles = [];
    private readonly Dictionary<string, Found> bodyByWord = [];

    internal Speaker? LastPerson { get; private set; }
    internal Speaker? LastBody { get; private set; }
    internal Speaker? LastSpeaker { get; private set; }
    internal Found? LastCompany { get; private set; }

    /// <summary>The office a person was introduced with.</summary>
    internal string? RoleOf(EntityDraft person) => roles.GetValueOrDefault(person.Key);

    /// <summary>Whom "he" or "she" means: the person who spoke last, else the one mentioned last.</summary>
    internal Speaker? He =>
        LastSpeaker is { IsName: true } or { Entity.Kind: EntityKind.Person } ? LastSpeaker : LastPerson;

    internal void Mentioned(Found found)
    {
        if (found.Entity.Kind == EntityKind.Person)
        {
            if (found.Mention.Role is { } role)
            {
                roles.TryAdd(found.Entity.Key, role);
                foreach (var word in Text.Folding.Fold(role).Split(' '))
                {
                    personByRole[word] = found;
                }
            }
            LastPerson = Of(found, 0.8);
        }
        else if (found.Entity.Kind == EntityKind.Organisation && found.Mention.Form == MentionForm.Name)
        {
            LastCompany = found;
            foreach (var word in Text.Folding.Fold(found.Entity.Name).Split(' '))
            {
                bodyByWord[word] = found;
            }
        }
    }

    internal void Spoke(Speaker speaker)
    {
        LastSpeaker = speaker;
        if (speaker.Entity?.Kind == EntityKind.Person || speaker.IsName)
        {
            LastPerson = speaker;
        }
        else if (speaker.Entity is not null)
        {
            LastBody = speaker;
        }
    }

    /// <summary>A sentence is about a person, so "he" in the next one may mean that.</summary>
    internal void Introduced(Speaker person) => LastPerson = person;

    /// <summary>A sentence began with a state or body, so "it" in the next one means that.</summary>
    internal void Began(Found subject) => LastBody = Of(subject, 0.7);

    /// <summary>Who was introduced as minister, spokeswoman ...</summary>
    internal Speaker? ByRole(string role) => personByRole.TryGetValue(role, out var found) ? Of(found, 0.75) : null;

    /// <summary>The body mentioned last that has a word in its name: "the embassy", "the agency".</summary>
    internal Speaker? Body(string word) => bodyByWord.TryGetValue(word, out var found) ? Of(found, 0.7) : null;

    /// <summary>A mention as a speaker.</summary>
    internal Speaker Of(Found found, double certainty) =>
        new(
            found.Entity,
            found.Entity.Name,
            found.Entity.Kind == EntityKind.Person ? found.Mention.Role ?? RoleOf(found.Entity) : null,
            found.Entity.Code,
            new Span(found.Mention.Start, found.Mention.Length),
            certainty
        );
}
