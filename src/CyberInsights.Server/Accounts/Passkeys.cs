using System.Text.Json;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>Passkeys (WebAuthn) as this site has them: bound to the host of its address, found by the browser itself, and opened by finger, face or PIN.</summary>
internal sealed class Passkeys(CurrentSettings current, IHttpContextAccessor requests)
{
    internal const int MaxName = 60;

    /// <summary>The answer of a browser is about a kilobyte; keys after quantum computers would make it some.</summary>
    internal const int MaxCredential = 16 * 1024;

    /// <summary>Whether browsers know them here: at a named host over https, or on the machine itself (WebAuthn, section 5.1.3).</summary>
    internal bool Possible =>
        current.Now.BaseAddress.HostNameType == UriHostNameType.Dns
        && (current.Now.BaseAddress.Scheme == Uri.UriSchemeHttps || current.Now.BaseAddress.IdnHost == "localhost");

    internal void Shape(IdentityPasskeyOptions options)
    {
        options.ServerDomain = current.Now.BaseAddress.IdnHost;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AttestationConveyancePreference = "none";
        options.ValidateOrigin = context =>
            ValueTask.FromResult(
                !context.CrossOrigin
                    && context.Origin
                        == current.Now.BaseAddress.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            );
    }

    /// <summary>What a browser needs to make one, as JSON; what has to match is kept in a cookie for minutes.</summary>
    internal Task<string> BeginAsync(long accountId, string email, string name) =>
        SignIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = $"{accountId}",
                Name = email,
                DisplayName = name,
            }
        );

    /// <summary>What a browser made, checked; null when it is not what was asked for, or too late.</summary>
    internal async Task<PasskeyAttestationResult?> MadeAsync(string credential)
    {
        if (!IsObject(credential))
        {
            return null;
        }
        try
        {
            return await SignIn.PerformPasskeyAttestationAsync(credential) is { Succeeded: true } made ? made : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked for in this browser, or minutes ago.
            return null;
        }
    }

    /// <summary>What a browser needs to find one, as JSON.</summary>
    internal Task<string> AskAsync() => SignIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Whose passkey it was; null when it is not one of ours, or too late.</summary>
    internal async Task<PasskeyAssertionResult<Account>?> FoundAsync(string credential)
    {
        if (!IsObject(credential))
        {
            return null;
        }
        try
        {
            return await SignIn.PerformPasskeyAssertionAsync(credential) is { Succeeded: true } found ? found : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // The manager of sign-ins is one request's own.
    private SignInManager<Account> SignIn =>
        requests.HttpContext!.RequestServices.GetRequiredService<SignInManager<Account>>();

    private static bool IsObject(string text)
    {
        if (text.Length is 0 or > MaxCredential)
        {
            return false;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
