using CyberInsights.Edit;
using CyberInsights.Server.Commands;
using CyberInsights.Storage;

namespace CyberInsights.Tests.Server;

/// <summary>The desk's key and its messages on the operator's machine.</summary>
[Collection("environment")]
public sealed class TipCommandTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();
    private string publicKey = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Key => folder.File("desk.pem");

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("Insights__Database", folder.File("tips.db"));
        Assert.Equal(0, await RunAsync("tip-key", Key));
        publicKey = output.ToString().Split("Insights__TipKey=")[1].Trim();
        await using var database = await Database.StartAsync(
            await folder.DatabaseAsync("tips.db"),
            TimeProvider.System,
            Cancel
        );
        var tips = new TipStore(database);
        await tips.AddAsync(
            new TipText { Message = "first\nsecond \u001b[2J \u202eline", Contact = "me" },
            publicKey,
            new Objection(Fault.Speaker, "/events/port"),
            Cancel
        );
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("Insights__Database", null);
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_private_key_is_for_its_owner_alone_and_never_written_over()
    {
        Assert.True(TipSeal.IsKey(publicKey));
        Assert.Contains("BEGIN PRIVATE KEY", await File.ReadAllTextAsync(Key, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", output.ToString(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        }
        Assert.Equal(2, await RunAsync("tip-key", Key));
    }

    [Fact]
    public async Task A_message_is_listed_without_its_words_read_with_the_key_and_deleted()
    {
        Assert.Equal(0, await RunAsync("tips", "list"));
        Assert.DoesNotContain("first", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("sealed by the server  speaker at /events/port", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("tips", "read"));
        Assert.Contains("give --key FILE", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("tips", "read", "--key", Key));

        var text = output.ToString();
        Assert.Contains("Answer: me", text, StringComparison.Ordinal);
        Assert.Contains("first", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", text, StringComparison.Ordinal);
        var id = text.Split("--- ")[1].Split(' ')[0];
        Assert.Equal(0, await RunAsync("tips", "delete", id));
        Assert.Equal(3, await RunAsync("tips", "delete", id));
        Assert.Equal(3, await RunAsync("tips", "read", id, "--key", Key));
    }

    [Fact]
    public async Task Another_key_opens_nothing_and_a_file_that_is_none_is_refused()
    {
        Assert.Equal(0, await RunAsync("tip-key", folder.File("other.pem")));
        Assert.Equal(0, await RunAsync("tips", "read", "--key", folder.File("other.pem")));
        Assert.Contains("This key does not open it", output.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("x.pem"), "no key", Cancel);

        Assert.Equal(2, await RunAsync("tips", "read", "--key", folder.File("x.pem")));
        Assert.Contains("holds no private key", errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, output, errors);
}
