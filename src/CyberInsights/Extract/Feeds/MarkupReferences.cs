using System.Net;
using System.Text;

namespace CyberInsights.Extract.Feeds;

/// <summary>Replaces references in text: numbers, entities of the document type, of XML and of HTML; anything else stays as written.</summary>
internal sealed class MarkupReferences(IReadOnlyDictionary<string, string> entities)
{
    /// <summary>Longest reference, with its signs, in characters.</summary>
    private const int MaxLength = 40;

    /// <summary>Nothing was met that XML does not allow.</summary>
    public bool Clean { get; private set; } = true;

    public string Decode(ReadOnlySpan<char> run)
    {
        var ampersand = run.IndexOf('&');
        if (ampersand < 0)
        {
            return run.ToString();
        }

        StringBuilder decoded = new(run.Length);
        while (ampersand >= 0)
        {
            decoded.Append(run[..ampersand]);
            run = run[ampersand..];
            var end = run[..Math.Min(run.Length, MaxLength)].IndexOf(';');
            var value = end < 0 ? null : Read(run[1..end]);
            Clean &= value is not null;
            decoded.Append(value ?? "&");
            run = run[(value is null ? 1 : end + 1)..];
            ampersand = run.IndexOf('&');
        }

        return decoded.Append(run).ToString();
    }

    private string? Read(ReadOnlySpan<char> name)
    {
        if (name.Length > 1 && name[0] == '#')
        {
            var character = NumericReference.Read(name[1..]);
            Clean &= character is not "";
            return character;
        }

        if (name.IsEmpty || name.ContainsAny(' ', '&', '<'))
        {
            return null;
        }

        if (entities.TryGetValue(name.ToString(), out var own))
        {
            return own;
        }

        var reference = $"&{name};";
        var decoded = WebUtility.HtmlDecode(reference);
        Clean &= name is "amp" or "lt" or "gt" or "quot" or "apos";
        return decoded == reference ? null : decoded;
    }
}
