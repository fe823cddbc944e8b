using CyberInsights.Net;

namespace CyberInsights.Server.Commands;

/// <summary>A file or a web address that a person named on the command line, with its bytes.</summary>
internal sealed record Document(string Name, byte[] Body, string? ContentType, Uri? Address)
{
    private static readonly OutboundLimits Limits = new();

    /// <exception cref="RefusalException">There is no such file, it is too large, or the address gave nothing.</exception>
    internal static async Task<Document> OpenAsync(string name, GuardedHttp http, CancellationToken cancel)
    {
        if (
            name.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        )
        {
            return await FetchAsync(name, http, cancel);
        }
        var file = new FileInfo(name);
        if (!file.Exists)
        {
            throw new RefusalException(
                RefusalKind.NotFound,
                $"There is no file {name}: nothing was read. Give the path of a file, or an address that begins with http:// or https://."
            );
        }
        // Files are bounded as answers of the web are.
        var maxBytes = IsJson(name) ? Limits.MaxLargeBodyBytes : Limits.MaxBodyBytes;
        if (file.Length > maxBytes)
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{name} has {file.Length / 1_048_576} MiB, more than the {maxBytes >> 20} MiB a document may have: it was not read. Give a smaller one."
            );
        }
        return new Document(name, await File.ReadAllBytesAsync(name, cancel), null, null);
    }

    // Advisories come as JSON, and some are larger than any feed or page.
    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static async Task<Document> FetchAsync(string name, GuardedHttp http, CancellationToken cancel)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address))
        {
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{name} is not an address that can be read: nothing was fetched. Check its spelling."
            );
        }
        var fresh = (
            await http.GetAsync(new FetchRequest { Address = address, Large = IsJson(address.AbsolutePath) }, cancel)
        ).OrRefuse();
        return new Document(name, fresh.Body, fresh.ContentType, fresh.FinalAddress);
    }
}
