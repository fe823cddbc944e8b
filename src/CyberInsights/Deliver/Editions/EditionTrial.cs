using CyberInsights.Edit;
using CyberInsights.Net;

namespace CyberInsights.Deliver.Editions;

/// <summary>Shows an edition before it goes out.</summary>
public sealed class EditionTrial(SiteAddress site, WriteEdition write, TimeProvider clock)
{
    /// <summary>The words as readers of these topics get them who were told everything before it; the marks of <see cref="Mailing"/> stand in them.</summary>
    /// <param name="topicIds">Empty: everything.</param>
    public Mailing Preview(Edition edition, string language, IReadOnlyCollection<long> topicIds) =>
        write(edition, EditionSelection.For(edition.Content, topicIds, edition.Since), language);

    /// <summary>Sends it to one address, at once and beside the outbox; its links for preferences and leaving open nothing.</summary>
    /// <exception cref="RefusalException">The mail server cannot be reached, or did not take it.</exception>
    public async Task SendAsync(
        MailSettings settings,
        Edition edition,
        string language,
        MailAddress address,
        CancellationToken cancel
    )
    {
        var mailing = Preview(edition, language, []);
        var token = Guid.NewGuid().ToString("n");
        var message = MailComposer.Compose(
            new Mail
            {
                Id = 0,
                Attempts = 1,
                Address = address.Text,
                ReaderToken = token,
                Audience = SubscriberState.Active,
                Language = language,
                Sender = mailing.Sender,
                Subject = mailing.Subject,
                Text = mailing.Text,
                Html = mailing.Html,
            },
            token,
            settings,
            site.Address,
            clock.GetUtcNow()
        );
        await using var line = await MailLine.OpenAsync(settings.Server, clock, cancel);
        var outcome = await line.SendAsync(
            message,
            MailComposer.ReturnPath(token, settings),
            _ => Task.FromResult(true),
            cancel
        );
        if (outcome is not MailOutcome.Accepted)
        {
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"The test was not taken by the mail server ({outcome}): nothing arrived at {address.Text}, as far as is known. Check the address, and the server with `insights doctor`."
            );
        }
    }

    /// <summary>An introduction as markup for mails and pages, without pictures; only whole addresses are links.</summary>
    public static string IntroHtml(string markdown) => ArticleText.Html(ArticleText.Parts(markdown));
}
