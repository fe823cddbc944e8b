namespace CyberInsights;

/// <summary>Where the site is reached from outside: the beginning of every address that leaves the house.</summary>
public sealed record SiteAddress(Uri Address);
