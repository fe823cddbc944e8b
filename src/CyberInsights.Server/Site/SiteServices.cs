using System.Text.Encodings.Web;
using System.Text.Unicode;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Deliver.Returns;
using CyberInsights.Edit;
using CyberInsights.Net;
using CyberInsights.Publish.Reading;
using CyberInsights.Publish.Reading.Pictures;
using CyberInsights.Server.Federation;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Settings;
using CyberInsights.Server.Site.Forms;
using CyberInsights.Server.Site.Letters;
using CyberInsights.Server.Site.Live;
using CyberInsights.Server.Weather;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CyberInsights.Server.Site;

/// <summary>Puts the public site into a web server: <see cref="AddSite"/>, <see cref="UseSite"/>, <see cref="SiteEndpoints.MapSite"/>.</summary>
public static class SiteServices
{
    /// <summary>Expects a <see cref="Storage.Database"/> among the services; takes the system clock unless there is another.</summary>
    public static IServiceCollection AddSite(this IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(new CurrentSettings(settings));
        services.AddSingleton<SettingDesk>();
        services.AddSingleton<SettingsKeeper>();
        services.AddHostedService(found => found.GetRequiredService<SettingsKeeper>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddOutputCache(SiteCache.Configure);
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // Every letter of every script as it is; the signs that mean something in markup are still escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<SiteCache>();
        services.AddSingleton<ArticlePress>();
        services.AddSingleton(found =>
        {
            var signal = new ArticleSignal();
            signal.Listen(found.GetRequiredService<SiteCache>().EvictAsync);
            return signal;
        });
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<PageDescriber>();
        services.AddSingleton<Cards.CardPainter>();
        services.AddSingleton<SitePages>();
        services.AddSingleton<SubjectPages>();
        services.AddSingleton<SiteMessages>();
        services.AddSingleton<SiteKey>();
        services.AddSingleton<Newsletter>();
        services.AddSingleton<ReturnTokens>();
        services.AddSingleton<ReturnDesk>();
        services.AddSingleton<EditionStore>();
        services.AddSingleton<EditionComposer>();
        services.AddSingleton<EditionPages>();
        services.AddSingleton<WriteEdition>(found =>
        {
            var current = found.GetRequiredService<CurrentSettings>();
            return (edition, shown, language) => EditionMail.Write(current.Now, edition, shown, language);
        });
        services.AddSingleton<CurrentSchedule>(found =>
        {
            var current = found.GetRequiredService<CurrentSettings>();
            return () => current.Now.Mail!.Schedule;
        });
        services.TryAddSingleton(new SiteAddress(settings.BaseAddress));
        services.AddSingleton<EditionTrial>();
        services.AddSingleton<OutboxReader>();
        services.AddSingleton<TipStore>();
        services.AddSingleton<FormPages>();
        services.AddSingleton<FormTokens>();
        services.AddSingleton<NewsletterForms>();
        services.AddSingleton<TipGate>();
        services.AddSingleton<TipForms>();
        services.AddSingleton<WeatherPages>();
        services.TryAddSingleton(new OutboundPolicy());
        services.TryAddSingleton<GuardedHttp>();
        services.AddSingleton<HubStore>();
        services.AddSingleton<Hub>();
        if (settings.Publisher.ActivityPub)
        {
            services.AddFederation();
        }
        if (settings.Weather is not null)
        {
            services.AddSingleton<WeatherKeeper>();
        }
        services.AddSingleton<SearchGate>();
        services.AddSingleton<SearchPages>();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton<LiveStreams>();
        foreach (var reader in Readers)
        {
            services.AddSingleton(reader);
        }
        return services;
    }

    /// <summary>Headers, error pages and the cache of pages; before anything else that answers requests.</summary>
    public static IApplicationBuilder UseSite(this IApplicationBuilder app)
    {
        // A proxy on this machine says who asks; nobody else is believed. The limits of forms go by it.
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        app.UseExceptionHandler(failed => failed.Run(SiteMessages.FailedAsync));
        app.Use(next => http => SiteHeaders.AddAsync(http, next));
        app.UseStatusCodePages(SiteMessages.ExplainAsync);
        app.Use(next => http => RefuseForeignAsync(http, next));
        app.UseRouting();
        app.UseOutputCache();
        return app;
    }

    // The middleware of ASP.NET Core for this answers before there is a page that explains.
    private static Task RefuseForeignAsync(HttpContext http, RequestDelegate next)
    {
        // Whoever watches the process asks for it by the machine's own address.
        if (
            Health.Asks(http)
            || http.RequestServices.GetRequiredService<CurrentSettings>().Now.Answers(http.Request.Host)
        )
        {
            return next(http);
        }
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static readonly Type[] Readers =
    [
        typeof(AsOfReader),
        typeof(EventLineReader),
        typeof(StatementReader),
        typeof(FactReader),
        typeof(IndicatorReader),
        typeof(SummaryReader),
        typeof(PrimaryReader),
        typeof(ChangeReader),
        typeof(ChangedReader),
        typeof(TrendReader),
        typeof(TrendItemReader),
        typeof(ArticlePartReader),
        typeof(ArticleReader),
        typeof(AuthorReader),
        typeof(TagReader),
        typeof(FrontPageReader),
        typeof(DossierReader),
        typeof(TopicReader),
        typeof(VulnerabilityReader),
        typeof(EntityReader),
        typeof(SuggestionReader),
        typeof(SearchReader),
        typeof(SyndicationReader),
        typeof(SiteMapReader),
        typeof(SourceRecordReader),
        typeof(CardReader),
        typeof(SourceReader),
        typeof(ProofReader),
        typeof(StoryReader),
        typeof(EntityIndexReader),
        typeof(AccusationReader),
        typeof(InitiatorReader),
        typeof(YearReader),
        typeof(PictureReader),
    ];
}
