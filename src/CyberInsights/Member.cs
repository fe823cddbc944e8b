namespace CyberInsights;

/// <summary>Someone of the desk, as the one who does something: the id of the account and the name it has now.</summary>
public sealed record Member(long Id, string Name)
{
    /// <summary>The program itself, or whoever runs its commands.</summary>
    public static Member Program { get; } = new(0, "insights");

    /// <summary>Whoever runs a command of the program on its own machine for somebody else's account.</summary>
    public static Member Operator { get; } = new(0, "the operator");
}
