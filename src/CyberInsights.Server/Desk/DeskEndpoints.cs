using CyberInsights.Server.Accounts;
using CyberInsights.Server.Desk.Inbox;
using CyberInsights.Server.Site;

namespace CyberInsights.Server.Desk;

/// <summary>The addresses of the desk and of the accounts, each also under the prefix of every language.</summary>
internal static class DeskEndpoints
{
    internal static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder routes)
    {
        foreach (var language in Language.All)
        {
            var desk = new DeskRoutes(routes.MapGroup(language.Prefix).WithMetadata(language));
            MapAccounts(desk);
            InboxPages.Map(desk);
            foreach (var room in DeskRoom.All)
            {
                room.Map(desk);
            }
        }
        return routes;
    }

    private static void MapAccounts(DeskRoutes desk)
    {
        desk.Open(
            "/account/sign-in",
            (SignInPages pages, HttpContext http) => pages.PageAsync(http),
            (SignInPages pages, HttpContext http) => pages.SignInAsync(http)
        );
        InvitationPages.Map(desk);
        PasskeyPages.Map(desk);
        CodePages.Map(desk);
        ElsewherePages.Map(desk);
        desk.Page("/account", DeskRight.Read, (OwnPages pages, HttpContext http) => pages.PageAsync(http));
        desk.Act("/account/language", DeskRight.Read, (OwnPages pages, HttpContext http) => pages.SpeakAsync(http));
        desk.Page(
            "/account/password",
            DeskRight.Read,
            (PasswordPages pages, HttpContext http) => pages.PageAsync(http),
            fresh: true
        );
        desk.Act(
            "/account/password",
            DeskRight.Read,
            (PasswordPages pages, HttpContext http) => pages.ChangeAsync(http),
            fresh: true
        );
        desk.Act("/account/sessions/end", DeskRight.Read, (OwnPages pages, HttpContext http) => pages.EndAsync(http));
        desk.Act(
            "/account/sign-out",
            DeskRight.Read,
            (SignInPages pages, HttpContext http) => pages.SignOutAsync(http)
        );
    }
}
