namespace CyberInsights;

/// <summary>What a fact tells of a happening; the numbers are stored.</summary>
public enum FactKind
{
    /// <summary>What kind of thing happened; the value is the name of a <see cref="CyberInsights.Happening"/>.</summary>
    Happening = 1,

    /// <summary>Who was hit.</summary>
    Victim = 2,

    /// <summary>The sector of the victim.</summary>
    Sector = 3,

    /// <summary>Who is said to have done it.</summary>
    Initiator = 4,

    /// <summary>How many of what; the role is the name of a <see cref="CyberInsights.Counted"/>.</summary>
    Number = 5,

    /// <summary>When; the role is the name of a <see cref="CyberInsights.DateRole"/>.</summary>
    Date = 6,
}

/// <summary>Kinds of happenings (EuRepoC incident types, widened to what the news of the field tells).</summary>
public enum Happening
{
    /// <summary>Spying by a state or for one.</summary>
    Espionage = 1,

    /// <summary>Data was stolen, leaked or left open.</summary>
    Breach = 2,
    Ransomware = 3,

    /// <summary>Something stands still: flooding, wiping, an outage that someone caused.</summary>
    Disruption = 4,

    /// <summary>Malware, phishing or intrusions against many, or by means that are new.</summary>
    Campaign = 5,

    /// <summary>Money or coins were taken by intrusion.</summary>
    Theft = 6,
    Vulnerability = 7,

    /// <summary>A vulnerability is being used.</summary>
    Exploitation = 8,
    Fraud = 9,

    /// <summary>Arrest, extradition, trial, sentence.</summary>
    Arrest = 10,

    /// <summary>Infrastructure or proceeds of criminals were taken.</summary>
    Takedown = 11,
    Indictment = 12,
    Sanction = 13,

    /// <summary>Laws, rules, fines, civil courts, offices.</summary>
    Policy = 14,

    /// <summary>Studies and surveys.</summary>
    Research = 15,

    /// <summary>Products, companies, funding.</summary>
    Product = 16,
    Ai = 17,
}

/// <summary>What a number counts.</summary>
public enum Counted
{
    People = 1,
    Records = 2,
    Systems = 3,
    Organisations = 4,
    Countries = 5,
    Flaws = 6,

    /// <summary>Apps, packages, extensions.</summary>
    Programs = 7,
    Installs = 8,

    /// <summary>Mails, calls, attempts.</summary>
    Messages = 9,

    /// <summary>Bytes.</summary>
    Data = 10,

    /// <summary>Money of which the sentence does not tell what it is for.</summary>
    Money = 11,
    RansomAsked = 12,
    RansomPaid = 13,
    Stolen = 14,
    Fine = 15,
    Loss = 16,
    Funding = 17,
    Reward = 18,
}

/// <summary>What a date is the date of.</summary>
public enum DateRole
{
    Happened = 1,
    Discovered = 2,
    Disclosed = 3,
}

/// <summary>One thing a report tells of its happening, with the words that tell it.</summary>
public sealed record Fact
{
    public required long ReportId { get; init; }

    /// <summary>The report version the offsets count in.</summary>
    public required int Version { get; init; }

    /// <summary>0, 1, 2 ... by kind and weight: the first of a kind is the main one.</summary>
    public required int Ordinal { get; init; }
    public required FactKind Kind { get; init; }

    /// <summary>A name, a number in digits, or an ISO 8601 date or interval, as the kind tells.</summary>
    public required string Value { get; init; }

    /// <inheritdoc cref="FactKind"/>
    public string? Role { get; init; }

    /// <summary>The entity that victim, sector or initiator is, where it is one.</summary>
    public long? EntityId { get; init; }

    /// <summary>Who names the initiator, as the report tells it; null where nobody is named.</summary>
    public string? NamedBy { get; init; }

    /// <summary>ISO 4217 for money, B for bytes; null for what is counted in pieces.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest number the words allow, or first moment of the date in UTC milliseconds; null for "up to".</summary>
    public double? Least { get; init; }

    /// <summary>Largest number the words allow, or the moment after the date; null for "more than".</summary>
    public double? Most { get; init; }

    /// <summary>"about", "nearly".</summary>
    public bool Approximate { get; init; }

    /// <summary>Where the proving words begin in <see cref="Report.Whole"/>, in UTF-16 units.</summary>
    public required int Start { get; init; }
    public required int Length { get; init; }

    /// <summary><see cref="Report.TextHash"/> of the version: the proof is void when it differs.</summary>
    public required string TextHash { get; init; }

    /// <summary>0 to 1: how often facts found by the same rule are right.</summary>
    public double Confidence { get; init; }

    /// <summary>The rule in words.</summary>
    public required string Reason { get; init; }
}
