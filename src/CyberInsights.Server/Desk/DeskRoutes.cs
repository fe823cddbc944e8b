using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk;

/// <summary>What an address of the desk or of the accounts asks for, and how large a form it takes.</summary>
/// <param name="Right">Null: nobody has to be signed in, as for the page to sign in.</param>
internal sealed record DeskAccess(DeskRight? Right, DeskForm Form);

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
    internal void Page(string pattern, DeskRight right, Delegate page) => Map(pattern, right, page);

    /// <summary>What a form does: it arrives with its token checked, as <see cref="DeskHttp.DeskForm"/>, and ends with 303.</summary>
    internal void Act(string pattern, DeskRight right, Delegate act, DeskForm? form = null) =>
        Map(pattern, right, act, form ?? DeskForm.Usual);

    /// <summary>A page for people who are not signed in, and what its form does.</summary>
    internal void Open(string pattern, Delegate page, Delegate act)
    {
        Map(pattern, null, page);
        Map(pattern, null, act, DeskForm.Usual);
    }

    /// <summary>A page for people who are not signed in, without a form of its own.</summary>
    internal void OpenPage(string pattern, Delegate page) => Map(pattern, null, page);

    /// <summary>What a form does for people who are not signed in, where the page belongs to another address.</summary>
    internal void OpenAct(string pattern, Delegate act) => Map(pattern, null, act, DeskForm.Usual);

    private void Map(string pattern, DeskRight? right, Delegate page) =>
        routes.MapReading(pattern, page).WithMetadata(new DeskAccess(right, DeskForm.Usual));

    private void Map(string pattern, DeskRight? right, Delegate act, DeskForm form) =>
        routes.MapSending(pattern, act).WithMetadata(new DeskAccess(right, form));
}
