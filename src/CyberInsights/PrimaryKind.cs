namespace CyberInsights;

/// <summary>What a primary source is: the thing itself that others report of; the numbers are stored in <c>primary_sources.kind</c>.</summary>
public enum PrimaryKind
{
    /// <summary>A ministry, an authority or the victim says so itself.</summary>
    Statement = 1,

    /// <summary>A warning of an authority or of the maker.</summary>
    Advisory = 2,

    /// <summary>A prosecutor's or a court's paper.</summary>
    Indictment = 3,

    /// <summary>What was filed with, or decided by, a regulator.</summary>
    Filing = 4,

    /// <summary>Those who found it out describe how.</summary>
    Research = 5,
}
