using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;

namespace CyberInsights.Server.Site.Forms;

/// <summary>The fields of a form that was sent from one of our own pages.</summary>
internal sealed class FormPost
{
    /// <summary>The field that no person sees; who fills it is a program.</summary>
    internal const string Trap = "website";

    private const int MaxFields = 64;
    private const int MaxName = 64;

    private readonly IFormCollection fields;

    private FormPost(IFormCollection fields) => this.fields = fields;

    /// <summary>The first value of a field as it came, empty when there is none.</summary>
    internal string this[string name] => fields[name].FirstOrDefault() ?? "";

    /// <summary>The same as text to keep: lines end in \n, other control characters are left out.</summary>
    internal string Text(string name) =>
        string.Concat(this[name].ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c)));

    internal IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>()];

    internal IFormFileCollection Files => fields.Files;

    internal bool Trapped => this[Trap].Length > 0;

    /// <summary>Reads a form; the status to answer with when it is too large, of another kind, or comes from another site.</summary>
    /// <param name="files">Whether it may bring files, as <c>multipart/form-data</c>.</param>
    internal static async Task<(FormPost? Post, int Status)> ReadAsync(
        HttpContext http,
        int maxBytes,
        int maxFields = MaxFields,
        bool files = false
    )
    {
        if (!IsOwn(http))
        {
            return (null, StatusCodes.Status403Forbidden);
        }
        if (
            !MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !(
                "application/x-www-form-urlencoded".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
                || (files && "multipart/form-data".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase))
            )
        )
        {
            return (null, StatusCodes.Status415UnsupportedMediaType);
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }
        var options = new FormOptions
        {
            ValueCountLimit = maxFields,
            KeyLengthLimit = MaxName,
            ValueLengthLimit = maxBytes,
            MultipartBodyLengthLimit = maxBytes,
        };
        // Whoever asks for the form later, as the check of its token does, gets the one that was read within these limits.
        var feature = new FormFeature(http.Request, options);
        http.Features.Set<IFormFeature>(feature);
        try
        {
            return (new FormPost(await feature.ReadFormAsync(http.RequestAborted)), 0);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode);
        }
        catch (InvalidDataException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    // Fetch Metadata where the browser sends it, else Origin; programs that send neither carry no reader's rights, and still need a token.
    private static bool IsOwn(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers["Sec-Fetch-Site"].FirstOrDefault() is { } site)
        {
            return site is "same-origin" or "none";
        }
        return headers.Origin.FirstOrDefault() is not { } origin
            || (
                Uri.TryCreate(origin, UriKind.Absolute, out var address)
                && address.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
            );
    }

    /// <summary>The network a request comes from: the first 24 bits of an IPv4 address, 48 of IPv6 (what one customer has at most).</summary>
    internal static string NetworkOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bits / 8, bytes.Length - bits / 8);
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
