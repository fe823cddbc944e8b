using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Deliver.Returns;
using CyberInsights.Net;
using CyberInsights.Server.Site;
using CyberInsights.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace CyberInsights.Benchmarks.Speed;

/// <summary>
/// How long an edition takes to 10,000 readers in six languages and with eight choices of topics: composing the mails, and handing each of
/// them to a mail server in the same process, which takes and forgets them.
/// </summary>
internal static class MailSpeed
{
    private const int Readers = 10_000;
    private const int Topics = 8;
    private const int Events = 40;

    internal static async Task RunAsync()
    {
        foreach (var signed in (bool[])[false, true])
        {
            await RunAsync(signed);
        }
    }

    private static async Task RunAsync(bool signed)
    {
        var folder = Directory.CreateTempSubdirectory("mail");
        using var stop = new CancellationTokenSource();
        var taken = new Taken();
        var port = FreePort();
        var server = Serve(port, taken, stop.Token);
        try
        {
            await using var database = await Database.StartAsync(
                Path.Combine(folder.FullName, "m.db"),
                TimeProvider.System,
                CancellationToken.None
            );
            await FillAsync(database);
            var (press, mailer) = Senders(database, Settings(port, signed));
            var watch = Stopwatch.StartNew();
            await press.RunAsync(CancellationToken.None);
            var composed = watch.Elapsed;
            while (await mailer.RunAsync(CancellationToken.None) > 0) { }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"mail{(signed ? " signed by RSA" : "")}: {taken.Count:#,0} of {Readers:#,0} in {watch.Elapsed.TotalSeconds:0.0} s ({composed.TotalSeconds:0.0} s to make them), {taken.Count / watch.Elapsed.TotalSeconds:0} mails/s, {taken.Bytes / Math.Max(1, taken.Count) / 1024} KB each"
                )
            );
        }
        finally
        {
            await stop.CancelAsync();
            await server.ContinueWith(_ => { }, TaskScheduler.Default);
            folder.Delete(recursive: true);
        }
    }

    private static MailSettings Settings(int port, bool signed)
    {
        using var key = RSA.Create(2048);
        return new MailSettings
        {
            Server = new MailServer
            {
                Host = "127.0.0.1",
                Port = port,
                Security = MailSecurity.None,
            },
            From = MailAddress.Read("desk@news.example")!,
            Returns = new ReturnSettings { Address = MailAddress.Read("returns@news.example") },
            Dkim = signed
                ? DkimSettings.Read(new StringReader(key.ExportPkcs8PrivateKeyPem()), "news.example", "mail")
                : null,
        };
    }

    private static (EditionPress Press, Mailer Mailer) Senders(Database database, MailSettings mail)
    {
        var site = new SiteSettings { BaseAddress = new Uri("https://news.example"), Mail = mail };
        var services = new ServiceCollection().AddSingleton(database).AddSite(site).BuildServiceProvider();
        return (
            new EditionPress(
                database,
                services.GetRequiredService<EditionStore>(),
                services.GetRequiredService<EditionComposer>(),
                () => new EditionSchedule(),
                services.GetRequiredService<WriteEdition>(),
                TimeProvider.System
            ),
            new Mailer(
                new Outbox(database),
                services.GetRequiredService<ReturnTokens>(),
                services.GetRequiredService<ReturnDesk>(),
                mail,
                new SiteAddress(site.BaseAddress),
                TimeProvider.System,
                NullLogger<Mailer>.Instance
            )
        );
    }

    private static Task FillAsync(Database database) =>
        database.WriteAsync(
            async t =>
            {
                var cancel = CancellationToken.None;
                var ids = Enumerable.Range(0, Readers).Select(_ => t.NextId()).ToList();
                await t.InsertAsync(
                    "subscribers (id, channel, address, language, secret, state, created_at)",
                    [
                        .. ids.Select(
                            (id, i) =>
                                (object?[])
                                    [
                                        id,
                                        Channel.Mail,
                                        $"reader{i}@pub.example",
                                        Language.All[i % Language.All.Count].Code,
                                        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
                                        SubscriberState.Active,
                                        t.Now,
                                    ]
                        ),
                    ],
                    "",
                    cancel
                );
                await t.InsertAsync(
                    "subscriptions (subscriber_id, frequency, consent, asked_at, confirmed_at)",
                    [.. ids.Select(id => (object?[])[id, Frequency.Daily, "", t.Now, t.Now])],
                    "",
                    cancel
                );
                await t.InsertAsync(
                    "watches (id, subscriber_id, subject, subject_id)",
                    [
                        .. ids.Select(
                            (id, i) => (object?[])[t.NextId(), id, WatchSubject.Topic, 1 + ((long)i / 6 % Topics)]
                        ),
                    ],
                    "",
                    cancel
                );
                await EditionStore.AddAsync(
                    t,
                    Frequency.Daily,
                    new ComposedEdition(t.Now.AddDays(-1), t.Now, Content(t.Now)),
                    null,
                    t.Now,
                    cancel
                );
            },
            CancellationToken.None
        );

    private static EditionContent Content(DateTimeOffset now) =>
        new()
        {
            Events =
            [
                .. Enumerable
                    .Range(0, Events)
                    .Select(i => new EditionEvent
                    {
                        Id = i,
                        Slug = $"event-{i}",
                        Title = $"A ministry names a neighbour over an intrusion into its network, number {i}",
                        Language = "en",
                        State = EventState.Disputed,
                        Outlets = 9,
                        Independent = 5,
                        TopicIds = [1 + (i % Topics), 1 + ((i + 1) % Topics)],
                        OpenedAt = now.AddHours(-i % 20),
                        Summary =
                        [
                            .. Enumerable
                                .Range(0, 2)
                                .Select(s => new EditionSentence
                                {
                                    Text =
                                        "The ministry said on Wednesday that a group was inside a network of its own for two years.",
                                    Language = "en",
                                    SourceId = (2 * i) + s,
                                    Source = "Central Wire",
                                    Address = new Uri($"https://wire.example/news/{i}"),
                                }),
                        ],
                    }),
            ],
        };

    private static Task Serve(int port, Taken taken, CancellationToken stop)
    {
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(taken);
        return new SmtpServer.SmtpServer(
            new SmtpServerOptionsBuilder()
                .ServerName("mail.example")
                .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, port)))
                .Build(),
            services
        ).StartAsync(stop);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Taken : MessageStore
    {
        private int count;
        private long bytes;

        internal int Count => Volatile.Read(ref count);
        internal long Bytes => Volatile.Read(ref bytes);

        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref count);
            Interlocked.Add(ref bytes, buffer.Length);
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
