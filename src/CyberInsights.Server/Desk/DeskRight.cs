using System.Collections.Frozen;
using CyberInsights.Server.Accounts;

namespace CyberInsights.Server.Desk;

/// <summary>What an address of the desk asks of whoever opens it.</summary>
public enum DeskRight
{
    /// <summary>See the desk and one's own account.</summary>
    Read,

    /// <summary>Write articles that others publish.</summary>
    Write,

    /// <summary>Put on the site, correct, take off.</summary>
    Publish,

    /// <summary>Judge statements and change events.</summary>
    Review,

    /// <summary>Read what readers wrote to the desk.</summary>
    Tips,

    /// <summary>Add and change sources.</summary>
    Sources,

    /// <summary>Compose and send editions; see who receives them.</summary>
    Newsletter,

    /// <summary>See who did what.</summary>
    Audit,

    /// <summary>Change what the site is called and how it works.</summary>
    Settings,

    /// <summary>Invite, close and change accounts.</summary>
    Accounts,
}

/// <summary>Which role has which rights: the one table of it.</summary>
internal static class DeskRights
{
    private static readonly DeskRight[] OfContributor = [DeskRight.Read, DeskRight.Write];

    private static readonly DeskRight[] OfEditor =
    [
        .. OfContributor,
        DeskRight.Publish,
        DeskRight.Review,
        DeskRight.Tips,
        DeskRight.Sources,
        DeskRight.Newsletter,
        DeskRight.Audit,
    ];

    private static readonly FrozenDictionary<DeskRole, FrozenSet<DeskRight>> Table = new Dictionary<
        DeskRole,
        DeskRight[]
    >
    {
        [DeskRole.Reader] = [DeskRight.Read],
        [DeskRole.Contributor] = OfContributor,
        [DeskRole.Editor] = OfEditor,
        [DeskRole.Administrator] = Enum.GetValues<DeskRight>(),
    }.ToFrozenDictionary(r => r.Key, r => r.Value.ToFrozenSet());

    internal static bool May(this DeskRole role, DeskRight right) =>
        Table.TryGetValue(role, out var rights) && rights.Contains(right);

    internal static bool May(this SignedIn user, DeskRight right) => user.Role.May(right);
}
