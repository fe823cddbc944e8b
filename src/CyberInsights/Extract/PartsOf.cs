using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract;

/// <summary>Which of the documents that an index of sitemaps names are read for its source. Pure.</summary>
internal static class PartsOf
{
    /// <summary>
    /// Only the source's own document may name parts, and only on its own site: an index within an index would go on for ever.
    /// <paramref name="address"/> is where the index was found; the warning says why nothing of it is read.
    /// </summary>
    internal static (string[] Addresses, string? Warning) Of(Source source, string address, Feed index) =>
        address == source.Address
            ? (
                [
                    .. index
                        .Parts.Select(part => part.Address)
                        .Where(part => part != source.Address && Drafting.SameSite(source, part)),
                ],
                null
            )
            : (
                [],
                $"An index of sitemaps was found at {address}, not at the address of the source: its sitemaps were not read. Change the address of the source to it if it is the right one."
            );
}
