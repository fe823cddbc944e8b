using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk;

/// <summary>What an address of the desk or of the accounts asks for, and how large a form it takes.</summary>
/// <param name="Right">Null: nobody has to be signed in, as for the page to sign in.</param>
/// <param name="Fresh">Whether they have to have signed in just now (<see cref="Accounts.Proofs.FreshFor"/>), else they are asked again.</param>
internal sealed record DeskAccess(DeskRight? Right, DeskForm Form, bool Fresh);

/// <summary>The form that an address takes.</summary>
internal sealed record DeskForm
{
    /// <summary>A few fields and a text.</summary>
    internal static DeskForm Usual { get; } = new();

    internal int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>As many as rows that can be chosen at once.</summary>
    internal int MaxFields { get; init; } = 1_024;

    /// <summary>Whether it may bring files (multipart/form-data).</summary>
    internal bool Files { get; init; }
}

/// <summary>Maps addresses with the right they need; there is no other way to map one, so that none can be forgotten.</summary>
internal sealed class DeskRoutes(IEndpointRouteBuilder routes)
{
    /// <summary>A page: it changes nothing.</summary>
    /// <param name="fresh">As in <see cref="DeskAccess"/>: for pages whose forms give or take rights and ways in, so that nothing is filled in for nothing.</param>
    internal void Page(string pattern, DeskRight right, Delegate page, bool fresh = false) =>
        Map(pattern, right, page, fresh);

    /// <summary>What a form does: it arrives with its token checked, as <see cref="DeskHttp.DeskForm"/>, and ends with 303.</summary>
    /// <param name="fresh">As in <see cref="DeskAccess"/>: for what gives or takes rights and ways in.</param>
    internal void Act(string pattern, DeskRight right, Delegate act, DeskForm? form = null, bool fresh = false) =>
        Map(pattern, right, act, form ?? DeskForm.Usual, fresh);

    /// <summary>A page for people who are not signed in, and what its form does.</summary>
    internal void Open(string pattern, Delegate page, Delegate act)
    {
        Map(pattern, null, page, fresh: false);
        Map(pattern, null, act, DeskForm.Usual, fresh: false);
    }

    /// <summary>A page for people who are not signed in, without a form of its own.</summary>
    internal void OpenPage(string pattern, Delegate page) => Map(pattern, null, page, fresh: false);

    /// <summary>What a form does for people who are not signed in, where the page belongs to another address.</summary>
    internal void OpenAct(string pattern, Delegate act) => Map(pattern, null, act, DeskForm.Usual, fresh: false);

    private void Map(string pattern, DeskRight? right, Delegate page, bool fresh) =>
        routes.MapReading(pattern, page).WithMetadata(new DeskAccess(right, DeskForm.Usual, fresh));

    private void Map(string pattern, DeskRight? right, Delegate act, DeskForm form, bool fresh) =>
        routes.MapSending(pattern, act).WithMetadata(new DeskAccess(right, form, fresh));
}
