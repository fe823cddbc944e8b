using System.Text.Json;
using CyberInsights.Extract.Feeds;

namespace CyberInsights.Extract.Advisories;

/// <summary>Reads KEV catalogues, CSAF 2.0 advisories, CVE JSON 5 records and answers of the NVD. Safe from several threads.</summary>
public static class AdvisoryReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = AdvisoryLimits.Depth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The document in <paramref name="body"/>, its kind told by what stands in it; null when it is none of these.</summary>
    public static AdvisoryDocument? Find(byte[] body)
    {
        try
        {
            using var json = Parse(body);
            return Read(json.RootElement);
        }
        catch (RefusalException)
        {
            return null;
        }
    }

    /// <summary>The document in <paramref name="body"/>.</summary>
    /// <exception cref="RefusalException">It is not JSON, or none of these (bad input).</exception>
    internal static AdvisoryDocument Read(byte[] body)
    {
        using var json = Parse(body);
        return Read(json.RootElement)
            ?? throw Refuse("The JSON is no catalogue of known exploited vulnerabilities, CSAF advisory or CVE record");
    }

    /// <exception cref="RefusalException">It is not JSON, or too deep (bad input).</exception>
    internal static JsonDocument Parse(byte[] body)
    {
        if (body.Length == 0)
        {
            throw Refuse("The answer is empty");
        }
        try
        {
            // JsonDocument refuses the byte order mark that some publishers write.
            return JsonDocument.Parse(body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body, Options);
        }
        catch (JsonException e)
        {
            throw Refuse(
                $"The answer is no JSON that can be read (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): it is broken, cut off, another format, or has more than {AdvisoryLimits.Depth} values inside each other"
            );
        }
    }

    internal static RefusalException Refuse(string what) =>
        new(
            RefusalKind.BadInput,
            $"{what}: nothing was taken from it, what is known stays. Check the address and the kind of the source."
        );

    private static AdvisoryDocument? Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.EnumerateArray().Any(IsRecord) ? CveReader.Read(root.EnumerateArray()) : null;
        }
        var entries = JsonText.List(root, "vulnerabilities").ToList();
        return IsRecord(root) ? CveReader.Read([root])
            : AdvisoryFields.Object(root, "document") is { ValueKind: JsonValueKind.Object } document
            && JsonText.Find(document, "csaf_version") is not null
                ? CsafReader.Read(root, document)
            : JsonText.Of(root, "format") == "NVD_CVE"
            || entries.Any(e => JsonText.Find(e, "cve") is { ValueKind: JsonValueKind.Object })
                ? NvdReader.Read(root, entries)
            : JsonText.Find(root, "catalogVersion") is not null
            || entries.Any(e => JsonText.Find(e, "cveID") is not null)
                ? KevReader.Read(root, entries)
            : null;
    }

    private static bool IsRecord(JsonElement element) =>
        JsonText.Find(element, "cveMetadata") is { ValueKind: JsonValueKind.Object };
}
