using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

/// <summary><c>insights tips</c>: the messages to the desk. What readers wrote is shown as lines of harmless text: a terminal obeys control characters.</summary>
internal static class TipsCommand
{
    internal static Command Create(TextWriter output) =>
        new("tips", "Read the messages that readers wrote to the desk.") { List(output), Read(output), Delete(output) };

    private static Command List(TextWriter output)
    {
        var command = new Command(
            "list",
            "List the messages by day, with how each is kept and the page it objects to; what they say is not shown."
        );
        command.SetAction(
            async (_, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var tips = await new TipStore(database).AllAsync(cancel);
                foreach (var tip in tips)
                {
                    var objects = Objects(tip) is { } wrong ? $"  {wrong}" : "";
                    await output.WriteLineAsync($"{tip.Id, 16}  {DayOf(tip)}  {Kept(tip)}{objects}");
                }
                await output.WriteLineAsync($"{tips.Count} messages. Read them with `insights tips read --key FILE`.");
                return 0;
            }
        );
        return command;
    }

    private static Command Read(TextWriter output)
    {
        var id = new Argument<long?>("id") { Description = "Only this one.", DefaultValueFactory = _ => null };
        var file = new Option<FileInfo>("--key")
        {
            Description = "The file of the private key that `insights tip-key` made.",
        };
        var command = new Command("read", "Open the messages with the desk's private key and show them.") { id, file };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                using var key = result.GetValue(file) is { } path ? await KeyAsync(path, cancel) : null;
                var wanted = result.GetValue(id);
                var tips = (await new TipStore(database).AllAsync(cancel))
                    .Where(t => wanted is null || t.Id == wanted)
                    .ToList();
                if (wanted is not null && tips.Count == 0)
                {
                    throw Missing(wanted.Value);
                }
                foreach (var tip in tips)
                {
                    await output.WriteLineAsync(Shown(tip, key));
                }
                return 0;
            }
        );
        return command;
    }

    private static Command Delete(TextWriter output)
    {
        var id = new Argument<long>("id") { Description = "The number of the message." };
        var command = new Command("delete", "Delete a message for good.") { id };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var database = await OpenAsync(cancel);
                var number = result.GetRequiredValue(id);
                await new TipDesk(database).DeleteAsync(number, "insights tips delete", Member.Operator, cancel);
                await output.WriteLineAsync($"{number} is deleted.");
                return 0;
            }
        );
        return command;
    }

    private static Task<Database> OpenAsync(CancellationToken cancel) =>
        Database.StartAsync(CommandLine.Settings().Database, TimeProvider.System, cancel);

    private static async Task<ECDiffieHellman> KeyAsync(FileInfo file, CancellationToken cancel)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(await File.ReadAllTextAsync(file.FullName, cancel));
            return key;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new RefusalException(
                RefusalKind.BadInput,
                $"{file.FullName} holds no private key that can be read: nothing was opened. Give the file that `insights tip-key` wrote.",
                e
            );
        }
    }

    private static string Shown(Tip tip, ECDiffieHellman? key)
    {
        var head = $"--- {tip.Id}  {DayOf(tip)}  {Kept(tip)}";
        var text =
            tip.Sealing == Sealing.Open ? TipText.FromJson(Encoding.UTF8.GetBytes(tip.Body))
            : key is null ? null
            : TipSeal.Open(tip.Body, key);
        if (text is null)
        {
            return $"{head}\n{(key is null ? "Sealed: give --key FILE." : "This key does not open it: it was sealed for another, or changed since.")}\n";
        }
        var lines = new StringBuilder(head).AppendLine();
        if (Objects(tip) is { } wrong)
        {
            lines.Append("Wrong:  ").AppendLine(wrong);
        }
        if (text.About.Length > 0)
        {
            lines.Append("About:  ").AppendLine(Harmless(text.About));
        }
        if (text.Contact.Length > 0)
        {
            lines.Append("Answer: ").AppendLine(Harmless(text.Contact));
        }
        foreach (var line in text.Message.Split('\n'))
        {
            lines.AppendLine(Harmless(line));
        }
        return lines.ToString();
    }

    // Control characters would steer the terminal, format characters turn the order of the text.
    private static string Harmless(string line) =>
        string.Concat(
            line.EnumerateRunes()
                .Select(r =>
                    Rune.GetUnicodeCategory(r)
                        is UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        ? "\uFFFD"
                        : r.ToString()
                )
        );

    private static string DayOf(Tip tip) =>
        DateTimeOffset.UnixEpoch.AddDays(tip.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Kept(Tip tip) =>
        tip.Sealing switch
        {
            Sealing.Browser => "sealed by the reader's browser",
            Sealing.Here => "sealed by the server",
            _ => "in the clear",
        };

    // What a message says is wrong, and with which page; null: it objects to none.
    private static string? Objects(Tip tip) =>
        tip is { Fault: { } fault, About: { } page } ? $"{fault.ToString().ToLowerInvariant()} at {page}" : null;

    private static RefusalException Missing(long id) =>
        new(
            RefusalKind.NotFound,
            $"There is no message {id}: nothing was done. `insights tips list` names those there are."
        );
}
