namespace CyberInsights;

/// <summary>One change of a setting at the desk; the history of the settings has all of them.</summary>
public sealed record SettingChange
{
    public long Id { get; init; }

    /// <summary>The same for all that was changed at once; each change has a higher one than those before.</summary>
    public long Version { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Who did it, by the name they had.</summary>
    public required string Member { get; init; }

    /// <summary>The setting, as it stands after <c>Insights__</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As the setting is written; empty: what held without the desk.</summary>
    public required string Before { get; init; }
    public required string After { get; init; }

    /// <summary>Why, in the member's words; empty: not said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The change that this one takes back.</summary>
    public long? Undoes { get; init; }
}

/// <summary>What the desk set, at one version.</summary>
/// <param name="Version">0: nothing was ever set at the desk.</param>
/// <param name="Values">By the name of the setting, as it is written; what the desk does not set is not there.</param>
public sealed record DeskSettings(long Version, IReadOnlyDictionary<string, string> Values)
{
    public static DeskSettings None { get; } = new(0, new Dictionary<string, string>());

    /// <summary>Empty where the desk does not set it.</summary>
    public string this[string name] => Values.GetValueOrDefault(name, "");
}
