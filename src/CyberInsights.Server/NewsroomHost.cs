using CyberInsights.Capture;
using CyberInsights.Edit;
using CyberInsights.Group;
using CyberInsights.Net;
using CyberInsights.Publish;
using CyberInsights.Server.Accounts;
using CyberInsights.Server.Api;
using CyberInsights.Server.Commands;
using CyberInsights.Server.Desk;
using CyberInsights.Server.Federation;
using CyberInsights.Server.Feeds;
using CyberInsights.Server.Pictures;
using CyberInsights.Server.Replay;
using CyberInsights.Server.Site;
using CyberInsights.Server.Site.Live;
using CyberInsights.Server.Starter;
using CyberInsights.Server.Status;
using CyberInsights.Storage;

namespace CyberInsights.Server;

/// <summary>The running newsroom: site, workers and, in an empty database, the sample day.</summary>
internal static partial class NewsroomHost
{
    internal static async Task<int> RunAsync(NewsroomSettings settings, TextWriter output, CancellationToken cancel)
    {
        await using var database = await Database.StartAsync(settings.Database, TimeProvider.System, cancel);
        await using var app = Build(settings, database);
        await StartAsync(app, settings, cancel);
        using var metrics = settings.Metrics is { } address
            ? NewsroomMetrics.Start(
                new Uri(address),
                database,
                app.Services.GetRequiredService<WorkList>(),
                TimeProvider.System
            )
            : null;
        var empty = await database.FirstAsync<long>("select count(*) from sources", null, cancel) == 0;
        await output.WriteLineAsync(
            $"""
            Cybersecurity Insights runs at {settings.Urls.Split(';')[0]}
            Database: {(database.Engine.Name == "sqlite" ? Path.GetFullPath(settings.Database) : "PostgreSQL")}
            Look first at the front page, then open an event to see who says what. Ctrl+C stops it.
            """
        );
        if (await app.Services.GetRequiredService<Invitations>().FirstAsync(cancel) is { } code)
        {
            await output.WriteLineAsync(
                $"""
                Nobody has an account yet. Whoever opens this link first, within 24 hours, runs the desk:
                {DeskAddress(settings)}account/first/{code}
                """
            );
        }
        // The site answers before the sample day is in: its events appear one by one.
        var filling = empty ? FillAsync(app, settings, database, cancel) : Task.CompletedTask;
        var working = filling.ContinueWith(
            _ => app.Services.GetRequiredService<Worker>().StartAsync(cancel),
            cancel,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
        await app.WaitForShutdownAsync(cancel);
        await app.Services.GetRequiredService<Worker>().StopAsync(CancellationToken.None);
        await Task.WhenAny(working, Task.Delay(TimeSpan.FromSeconds(5), CancellationToken.None));
        return 0;
    }

    // An address that nobody set leads to where the program listens.
    internal static Uri DeskAddress(NewsroomSettings settings) =>
        settings.SiteAddress.Address.IsLoopback
            ? new Uri(settings.Urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal))
            : settings.SiteAddress.Address;

    internal static WebApplication Build(NewsroomSettings settings, Database database)
    {
        // Settings are read once: nobody has to watch the working folder, where the database is written all day.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns of keys that it does not encrypt itself: KeyStore does, or KeyFile says that nobody does.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseUrls(settings.Urls);
        builder.Services.AddNewsroom(
            database,
            TimeProvider.System,
            new OutboundPolicy(),
            new CaptureLimits(),
            settings.SiteAddress,
            settings.LanguageModel,
            settings.Mail,
            new GroupingSettings(settings.Meaning)
        );
        builder.Services.AddSingleton<PublishSignal>();
        builder.Services.AddSingleton<Pulse>();
        builder.Services.AddSingleton<Worker>();
        var beside =
            database.Engine.Name == "sqlite" ? Path.ChangeExtension(Path.GetFullPath(settings.Database), ".key") : null;
        builder.Services.AddSite(settings.SiteSettings with { KeyFile = settings.KeyFile ?? beside });
        builder.Services.AddDesk();
        builder.Services.AddSingleton<IStage>(s => s.GetRequiredService<Hub>());
        if (settings.Publisher.ActivityPub)
        {
            builder.Services.AddSingleton<IStage>(s => s.GetRequiredService<Federator>());
        }
        if (IndexNow.Wanted(settings.SiteSettings))
        {
            builder.Services.AddHostedService<IndexNow>();
        }
        var app = builder.Build();
        app.UseSite();
        app.UseDesk();
        app.MapSite();
        app.MapDesk();
        app.MapWebSub();
        var signal = app.Services.GetRequiredService<PublishSignal>();
        signal.Listen(app.Services.GetRequiredService<LiveChanges>().ReadAsync);
        signal.Listen(app.Services.GetRequiredService<SiteCache>().EvictAsync);
        signal.Listen(app.Services.GetRequiredService<Hub>().NoticeAsync);
        if (settings.Publisher.ActivityPub)
        {
            signal.Listen(app.Services.GetRequiredService<Federator>().NoticeAsync);
        }
        return app;
    }

    private static async Task StartAsync(WebApplication app, NewsroomSettings settings, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e)
        {
            throw new RefusalException(
                RefusalKind.Unavailable,
                $"The newsroom cannot listen at {settings.Urls}: the port is taken, perhaps by another newsroom. Stop that one, or set Insights__Urls to another address.",
                e
            );
        }
    }

    private static async Task FillAsync(
        WebApplication app,
        NewsroomSettings settings,
        Database database,
        CancellationToken cancel
    )
    {
        if (settings.Samples && SampleFolder() is { } folder)
        {
            var archive = Archive.Open(folder);
            var logs = app.Services.GetRequiredService<ILoggerFactory>();
            await new Replayer(
                archive,
                settings.Database,
                logs,
                app.Services.GetRequiredService<PublishSignal>()
            ).PlayAsync(null, cancel);
            await ImportCommand.ArticlesAsync(
                new ArticleStore(database),
                PictureWorker.OfThisProgram(),
                archive.Articles,
                over: false,
                cancel
            );
            // A day was played in two seconds; what that took is not needed again, and a small machine has use for it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        if (settings.Starter)
        {
            await app
                .Services.GetRequiredService<SourceStore>()
                .SaveAsync(SourceFile.Read(StarterSources.Json()), cancel);
        }
    }

    /// <summary>The sample day: beside the program, or in the working folder of a checkout.</summary>
    private static string? SampleFolder() =>
        new[] { Path.Combine(AppContext.BaseDirectory, "samples"), Path.GetFullPath("samples") }.FirstOrDefault(
            Directory.Exists
        );
}
