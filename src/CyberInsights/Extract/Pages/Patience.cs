namespace CyberInsights.Extract.Pages;

/// <summary>How long one regular expression may take.</summary>
internal static class Patience
{
    /// <summary>
    /// All patterns here are linear on input of bounded length and take microseconds; but the time is that of the wall clock, and
    /// on a machine with twenty busy threads a thread was seen to wait for more than 100 ms.
    /// </summary>
    public const int Milliseconds = 5000;
}
