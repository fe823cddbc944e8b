using System.Collections.Frozen;

namespace CyberInsights.Storage.Searching;

/// <summary>English words that say how a question is put, not what it is about: they find, but do not rank beside others.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> Words = """
        a an the this that these those and or but if of in on at by for with from to into about between over under through during after
        before as than what which who whom whose when where why how is are was were be been being am do does did done has have had having
        can could may might must shall should will would not no nor it its they them their there here he she his her him i me my we us our
        you your any some such so too very also
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    internal static bool Has(string word) => Words.Contains(word);
}
