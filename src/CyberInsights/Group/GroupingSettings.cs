namespace CyberInsights.Group;

/// <summary>How reports are compared.</summary>
/// <param name="Meaning">Whether English reports are compared by their meaning too, not by words alone.</param>
public sealed record GroupingSettings(bool Meaning);
