using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights.Edit;

/// <summary>The tips; in no search, feed or interface. Whoever has the desk's private key reads them with <c>insights tips</c>.</summary>
public sealed class TipStore(Database database)
{
    /// <summary>Keeps a message that the reader's browser sealed.</summary>
    public Task AddSealedAsync(string body, CancellationToken cancel) => AddAsync(Sealing.Browser, body, cancel);

    /// <summary>Keeps a message that came in the clear: sealed when the desk has a key, else as it is.</summary>
    public Task AddAsync(TipText text, string? publicKey, CancellationToken cancel) =>
        publicKey is null
            ? AddAsync(Sealing.Open, Encoding.UTF8.GetString(text.ToJson()), cancel)
            : AddAsync(Sealing.Here, TipSeal.Seal(text, publicKey), cancel);

    private Task AddAsync(Sealing sealing, string body, CancellationToken cancel) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into tips (id, day, sealing, body) values (@id, @day, @sealing, @body)",
                    new
                    {
                        // 52 bits, which any program can write down.
                        id = RandomNumberGenerator.GetInt32(1 << 26) * (1L << 26)
                            + RandomNumberGenerator.GetInt32(1 << 26),
                        day = t.Now.ToUnixTimeSeconds() / 86_400,
                        sealing,
                        body,
                    },
                    cancel
                ),
            cancel
        );

    /// <summary>All tips, the oldest day first; within a day in no order.</summary>
    public Task<IReadOnlyList<Tip>> AllAsync(CancellationToken cancel) =>
        database.QueryAsync<Tip>("select id, day, sealing, body from tips order by day, id", null, cancel);

    /// <returns>False when there is no such tip.</returns>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancel) =>
        await database.WriteAsync(t => t.ExecuteAsync("delete from tips where id = @id", new { id }, cancel), cancel)
        > 0;
}
