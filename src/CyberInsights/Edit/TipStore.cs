using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>The tips as they come, and as long as they are kept; in no search, feed or public interface.</summary>
public sealed class TipStore(Database database)
{
    /// <summary>Days for which a tip is kept that the desk has dealt with.</summary>
    public const int KeptDays = 90;

    internal const string Columns = "id, day, sealing, body, fault, about, done_day";

    /// <summary>Keeps a message that the reader's browser sealed.</summary>
    /// <param name="objection">Null: it objects to no page.</param>
    public Task AddSealedAsync(string body, Objection? objection, CancellationToken cancel) =>
        AddAsync(Sealing.Browser, body, objection, cancel);

    /// <summary>Keeps a message that came in the clear: sealed when the desk has a key, else as it is.</summary>
    /// <param name="objection">Null: it objects to no page.</param>
    public Task AddAsync(TipText text, string? publicKey, Objection? objection, CancellationToken cancel) =>
        publicKey is null
            ? AddAsync(Sealing.Open, Encoding.UTF8.GetString(text.ToJson()), objection, cancel)
            : AddAsync(Sealing.Here, TipSeal.Seal(text, publicKey), objection, cancel);

    private Task AddAsync(Sealing sealing, string body, Objection? objection, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into tips (id, day, sealing, body, fault, about) values (@id, @day, @sealing, @body, @Fault, @About)",
                    new
                    {
                        // 52 bits, which any program can write down.
                        id = RandomNumberGenerator.GetInt32(1 << 26) * (1L << 26)
                            + RandomNumberGenerator.GetInt32(1 << 26),
                        day = DayOf(t.Now),
                        sealing,
                        body,
                        objection?.Fault,
                        objection?.About,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>All tips, the oldest day first; within a day in no order.</summary>
    public Task<IReadOnlyList<Tip>> AllAsync(CancellationToken cancel) =>
        database.QueryAsync<Tip>($"select {Columns} from tips order by day, id", null, cancel);

    /// <summary>Deletes what the desk dealt with <see cref="KeptDays"/> days ago.</summary>
    internal static async Task ForgetAsync(Transaction t, CancellationToken cancel)
    {
        var ids = await t.QueryAsync<long>(
            "select id from tips where done_day <= @before",
            new { before = DayOf(t.Now) - KeptDays },
            cancel
        );
        await DeleteAsync(t, ids, cancel);
    }

    /// <summary>Deletes tips with what was written beside them.</summary>
    internal static async Task DeleteAsync(Transaction t, IReadOnlyList<long> ids, CancellationToken cancel)
    {
        await t.ExecuteAsync("delete from tip_notes where tip_id in @ids", new { ids }, cancel);
        await t.ExecuteAsync("delete from tips where id in @ids", new { ids }, cancel);
    }

    internal static long DayOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 86_400;
}
