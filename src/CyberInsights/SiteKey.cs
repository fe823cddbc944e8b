using System.Security.Cryptography;
using System.Text;
using CyberInsights.Storage;

namespace CyberInsights;

/// <summary>
/// The secret of this site, in its database so that every web node and every start has the same. Whoever has the database has it
/// too: what it hides is hidden from readers and from copies of single tables, not from the operator. Thread safe.
/// </summary>
public sealed class SiteKey(Database database)
{
    private const int Bytes = 32;

    private byte[]? secret;

    /// <summary>HMAC-SHA-256 of <paramref name="text"/> in lower-case hex; another <paramref name="purpose"/> gives another.</summary>
    public async Task<string> SignAsync(string purpose, string text, CancellationToken cancel)
    {
        var key = secret ??= Convert.FromHexString(await ReadAsync(cancel));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));
    }

    // Only the very first start writes: whoever is asked within a transaction would wait for its end.
    private async Task<string> ReadAsync(CancellationToken cancel) =>
        await database.FirstAsync<string>("select secret from site_keys", null, cancel)
        ?? await database.WriteAsync(
            async t =>
            {
                await t.ExecuteAsync(
                    "insert into site_keys (id, secret) values (1, @secret) on conflict do nothing",
                    new { secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) },
                    cancel
                );
                return (await t.FirstAsync<string>("select secret from site_keys", null, cancel))!;
            },
            cancel
        );
}
