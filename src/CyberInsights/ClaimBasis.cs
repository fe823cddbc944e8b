namespace CyberInsights;

/// <summary>What an accusation or a claim says it rests on, as far as the words around it tell.</summary>
public enum ClaimBasis
{
    /// <summary>The words around it name nothing.</summary>
    None = 0,

    /// <summary>Documents, witnesses, recordings, intelligence.</summary>
    Evidence = 1,

    /// <summary>What was seen in systems: code, infrastructure, logs.</summary>
    Technical = 2,
}
