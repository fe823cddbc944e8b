using CyberInsights.Capture;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Deliver.Returns;
using CyberInsights.Edit;
using CyberInsights.Extract;
using CyberInsights.Group;
using CyberInsights.Measure;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Proposing;
using CyberInsights.Storage;

namespace CyberInsights.Server;

/// <summary>The one place that knows every part of the newsroom and puts them together.</summary>
internal static class Newsroom
{
    /// <param name="model">Null: no language model is asked.</param>
    /// <param name="mail">Null: no mail is sent.</param>
    /// <param name="grouping">Null: as usual.</param>
    internal static IServiceCollection AddNewsroom(
        this IServiceCollection services,
        Database database,
        TimeProvider clock,
        OutboundPolicy policy,
        CaptureLimits capture,
        SiteAddress site,
        ModelSettings? model = null,
        MailSettings? mail = null,
        GroupingSettings? grouping = null
    )
    {
        if (grouping is not null)
        {
            services.AddSingleton(grouping);
        }
        if (model is not null)
        {
            services
                .AddSingleton(model)
                .AddSingleton<LanguageModel>()
                .AddSingleton<ProposalStore>()
                .AddSingleton<IStage, ProposeStage>();
        }
        if (mail is not null)
        {
            services
                .AddSingleton(mail)
                .AddSingleton<Outbox>()
                .AddSingleton<IStage, EditionPress>()
                .AddSingleton<IStage, Mailer>();
            if (mail.Returns.Mailbox is { } mailbox)
            {
                services.AddSingleton(mailbox).AddSingleton<IStage, ReturnKeeper>();
            }
        }
        return services
            .AddSingleton(database)
            .AddSingleton(clock)
            .AddSingleton(policy)
            .AddSingleton(capture)
            .AddSingleton(site)
            .AddSingleton(Random.Shared)
            .AddSingleton<GuardedHttp>()
            .AddSingleton<WorkList>()
            .AddSingleton<SourceStore>()
            .AddSingleton<SnapshotStore>()
            .AddSingleton<ReportStore>()
            .AddSingleton<StatementStore>()
            .AddSingleton<ArticleStore>()
            .AddSingleton<SubscriberStore>()
            .AddSingleton<PushReceiver>()
            .AddSingleton<IStage, Capturer>()
            .AddSingleton<IStage, PushKeeper>()
            .AddSingleton<IStage, Extractor>()
            .AddSingleton<IStage, RecogniseStage>()
            .AddSingleton<IStage, Grouper>()
            .AddSingleton<IStage, Meter>()
            .AddSingleton<IStage, Editor>()
            .AddSingleton<IStage, Publisher>()
            .AddSingleton<IStage, Courier>()
            .AddSingleton<IStage, Forgetter>()
            .AddSingleton<Pipeline>();
    }
}
