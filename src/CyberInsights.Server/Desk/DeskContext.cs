using CyberInsights.Server.Accounts;
using CyberInsights.Server.Site;
using Microsoft.AspNetCore.Components;

namespace CyberInsights.Server.Desk;

/// <summary>What every part of a desk page may need to know, beside its <see cref="PageContext"/>.</summary>
/// <param name="User">Who sits there; null on pages for people who are not signed in.</param>
/// <param name="Token">What a form carries to prove that it comes from this page.</param>
public sealed record DeskContext(SignedIn? User, string Token);

/// <summary>What all components of the desk share.</summary>
public abstract class DeskComponent : SiteComponent
{
    [CascadingParameter]
    public required DeskContext Context { get; set; }

    protected SignedIn? User => Context.User;

    protected bool May(DeskRight right) => User?.May(right) == true;

    protected string RoleName(DeskRole role) => T($"desk.role.{role.ToString().ToLowerInvariant()}");

    /// <summary>The text of a composed key where there is one, else what is stored.</summary>
    protected string Known(string key, string stored) => Language.Strings.Has(key) ? T(key) : stored;
}
