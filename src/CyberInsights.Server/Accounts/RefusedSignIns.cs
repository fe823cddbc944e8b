using System.Globalization;
using System.Threading.Channels;
using CyberInsights.Edit;
using CyberInsights.Storage;

namespace CyberInsights.Server.Accounts;

/// <summary>How somebody was refused who said to be a member.</summary>
/// <param name="Account">Whose account it was.</param>
/// <param name="Network">Where it came from, as a network.</param>
internal sealed record RefusedSignIn(Account Account, string Network);

/// <summary>
/// Tells the audit log of sign-ins that were refused: <see cref="AnHour"/> an account and hour at most, so that nobody can fill it by guessing.
/// It writes beside the requests: whether an address has an account does not show in how long an answer takes. Thread safe.
/// </summary>
internal sealed partial class RefusedSignIns(Database database, ILogger<RefusedSignIns> log) : BackgroundService
{
    internal const int AnHour = 3;

    internal const string Action = "account.refused";

    // What comes faster than it can be written is not told.
    private const int MostWaiting = 100;

    private readonly ILogger log = log;
    private readonly Channel<RefusedSignIn> waiting = System.Threading.Channels.Channel.CreateBounded<RefusedSignIn>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    internal void Note(RefusedSignIn refused) => waiting.Writer.TryWrite(refused);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var refused in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await database.WriteAsync(t => TellAsync(t, refused, stoppingToken), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The database is away: what is not told is lost, what comes later is not.
                LogLost(e);
            }
        }
    }

    private static async Task TellAsync(Transaction t, RefusedSignIn refused, CancellationToken cancel)
    {
        var key = refused.Account.Id.ToString(CultureInfo.InvariantCulture);
        var told = await t.FirstAsync<long>(
            "select count(*) from audit where subject_kind = 'account' and subject_key = @key and action = @Action and at > @since",
            new
            {
                key,
                Action,
                since = t.Now - TimeSpan.FromHours(1),
            },
            cancel
        );
        if (told < AnHour)
        {
            // Who it was is not known, so the program itself tells it.
            var deed = new Deed(Action, "account", key, refused.Account.Name) { Reason = refused.Network };
            await AuditLog.AddAsync(t, Member.Program, deed, cancel);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A refused sign-in could not be told to the audit log. Nothing to do unless it stays so; then check the database."
    )]
    private partial void LogLost(Exception why);
}
