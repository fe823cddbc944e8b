using CyberInsights.Server.Accounts;
using CyberInsights.Server.Site.Forms;
using Microsoft.AspNetCore.Http.Features;

namespace CyberInsights.Server.Desk;

/// <summary>What <see cref="DeskGuard"/> has found out about a request before a room sees it.</summary>
internal static class DeskHttp
{
    /// <summary>Who asks.</summary>
    /// <exception cref="InvalidOperationException">The address was mapped for people who are not signed in.</exception>
    internal static SignedIn DeskUser(this HttpContext http) => http.Features.GetRequiredFeature<SignedIn>();

    /// <summary>The form that was sent, its token checked.</summary>
    /// <exception cref="InvalidOperationException">The request is no POST.</exception>
    internal static FormPost DeskForm(this HttpContext http) => http.Features.GetRequiredFeature<FormPost>();
}
