using CyberInsights.Deliver.Editions;

namespace CyberInsights.Server.Desk.Editions;

/// <summary>The room of the newsletter: who gets it, its editions, and how they fared.</summary>
internal static class EditionRoom
{
    internal const string Root = "/desk/newsletter";

    // Subjects and introductions in every language, as a form encodes them, and a few fields for each item.
    private static readonly DeskForm Texts = new() { MaxBytes = 1024 * 1024, MaxFields = 4_096 };

    internal static DeskRoom Room { get; } = new("newsletter", DeskRight.Newsletter, Add, Map);

    private static void Add(IServiceCollection services) =>
        services.AddSingleton<EditionDesk>().AddSingleton<NewsletterPages>().AddSingleton<SendingPages>();

    private static void Map(DeskRoutes desk)
    {
        const DeskRight right = DeskRight.Newsletter;
        const string one = Root + "/{id:long}";
        desk.Page(Root, right, (NewsletterPages p, HttpContext http) => p.ListAsync(http));
        desk.Act($"{Root}/compose", right, (NewsletterPages p, HttpContext http) => p.ComposeAsync(http));
        desk.Act($"{Root}/again", right, (SendingPages p, HttpContext http) => p.SendAgainAsync(http));
        desk.Page(one, right, (NewsletterPages p, HttpContext http, long id) => p.ShowAsync(http, id));
        desk.Act($"{one}/save", right, (NewsletterPages p, HttpContext http, long id) => p.SaveAsync(http, id), Texts);
        desk.Act($"{one}/refresh", right, (NewsletterPages p, HttpContext http, long id) => p.RefreshAsync(http, id));
        desk.Act($"{one}/drop", right, (NewsletterPages p, HttpContext http, long id) => p.DropAsync(http, id));
        desk.Page(
            $"{one}/preview/{{language}}",
            right,
            (SendingPages p, HttpContext http, long id, string language) => p.PreviewAsync(http, id, language)
        );
        desk.Page(
            $"{one}/mail/{{language}}",
            right,
            (SendingPages p, HttpContext http, long id, string language) => p.MailAsync(http, id, language)
        );
        desk.Act($"{one}/test", right, (SendingPages p, HttpContext http, long id) => p.TestAsync(http, id));
        desk.Act($"{one}/schedule", right, (SendingPages p, HttpContext http, long id) => p.ScheduleAsync(http, id));
        desk.Act($"{one}/hold", right, (SendingPages p, HttpContext http, long id) => p.HoldAsync(http, id));
        desk.Page($"{one}/send", right, (SendingPages p, HttpContext http, long id) => p.AskAsync(http, id));
        desk.Act($"{one}/send", right, (SendingPages p, HttpContext http, long id) => p.SendAsync(http, id));
    }
}
