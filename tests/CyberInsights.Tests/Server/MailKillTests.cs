using System.Diagnostics;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Editions;
using CyberInsights.Storage;
using CyberInsights.Tests.Deliver;

namespace CyberInsights.Tests.Server;

/// <summary>A newsroom in a process of its own is killed (SIGKILL) while it sends an edition, and started again.</summary>
public sealed class MailKillTests
{
    private const int Readers = 1200;
    private const int Kills = 4;
    private const int Lines = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sender_killed_in_the_middle_writes_to_nobody_twice_and_forgets_nobody()
    {
        using var folder = new TestFolder();
        await using var mailbox = MailboxServer.Start();
        var name = folder.File("kill.db");
        await PrepareAsync(name);

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var sender = Start(name, mailbox.Port);
            var enough = Readers * kill / (Kills + 1);
            await Patience.UntilAsync($"mail number {enough}", () => Task.FromResult(Alive(sender, mailbox, enough)));
            sender.Kill();
            await sender.WaitForExitAsync(Cancel);
            Assert.Equal(137, sender.ExitCode);
        }
        Assert.True(mailbox.Received.Count < Readers, "the last kill came too late to break anything off");
        await using var database = new Database(Engine.For(name), TimeProvider.System);
        using (var last = Start(name, mailbox.Port))
        {
            await Patience.UntilAsync(
                "the end of the edition",
                async () =>
                    await database.FirstAsync<int>("select state from editions where slot_at is null", null, Cancel)
                    == (int)EditionState.Sent
            );
            last.Kill();
            await last.WaitForExitAsync(Cancel);
        }

        var received = mailbox.Received.Select(m => m.To.Mailboxes.Single().Address).ToList();
        Assert.Equal(received.Count, received.Distinct().Count());
        Assert.Equal(received.Count, mailbox.Received.Select(m => m.MessageId).Distinct().Count());
        // What was on the way when the process ended may have arrived or not: it is in doubt, and on the list for a person.
        var inDoubt = await database.QueryAsync<string>(
            "select s.address from mails m join subscribers s on s.id = m.subscriber_id where m.state in (5, 6)",
            null,
            Cancel
        );
        Assert.Empty(Addresses.Except(received).Except(inDoubt));
        Assert.InRange(inDoubt.Count, 0, Kills * Lines);
    }

    private static IEnumerable<string> Addresses => Enumerable.Range(0, Readers).Select(i => $"reader{i}@pub.example");

    private static bool Alive(Process sender, MailboxServer mailbox, int enough) =>
        sender.HasExited
            ? throw new InvalidOperationException("The sender ended before it could be killed.")
            : mailbox.Received.Count >= enough;

    private static async Task PrepareAsync(string name)
    {
        await using var database = await Database.StartAsync(name, TimeProvider.System, Cancel);
        await SomeReaders.AddAsync(database, [.. Addresses]);
        var now = TimeProvider.System.GetUtcNow();
        var content = new EditionContent
        {
            Articles =
            [
                new EditionArticle
                {
                    Slug = "news",
                    Title = "News",
                    Author = "Desk",
                    Language = "en",
                    At = now.AddHours(-1),
                },
            ],
        };
        await database.WriteAsync(
            t =>
                EditionStore.AddAsync(
                    t,
                    Frequency.Daily,
                    new ComposedEdition(now.AddDays(-1), now, content),
                    null,
                    now,
                    Cancel
                ),
            Cancel
        );
    }

    private static Process Start(string database, int port)
    {
        var start = new ProcessStartInfo("dotnet", ["insights.dll", "run"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] settings =
        [
            ("Database", database),
            ("Urls", $"http://127.0.0.1:{MailboxServer.FreePort()}"),
            ("Samples", "false"),
            ("Starter", "false"),
            ("Weather__Provider", "none"),
            ("MailHost", "127.0.0.1"),
            ("MailPort", port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("MailSecurity", "none"),
            ("MailFrom", "desk@news.example"),
            ("MailLines", Lines.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        foreach (var (name, value) in settings)
        {
            start.Environment[$"Insights__{name}"] = value;
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
