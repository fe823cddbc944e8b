using System.Text;
using CyberInsights.Storage;
using Dapper;

namespace CyberInsights.Recognise;

/// <summary>Writes many rows with few statements: on PostgreSQL each statement is a round trip.</summary>
internal static class Rows
{
    // SQLite allows 32,766 parameters in a statement; PostgreSQL 65,535.
    private const int MaxParameters = 8_000;

    /// <param name="into"><c>table (a, b)</c></param>
    /// <param name="ending">What follows the values, such as <c>on conflict do nothing</c>.</param>
    internal static async Task InsertAsync(
        Transaction t,
        string into,
        IReadOnlyList<object?[]> rows,
        string ending,
        CancellationToken cancel
    )
    {
        if (rows.Count == 0)
        {
            return;
        }
        foreach (var chunk in rows.Chunk(Math.Max(1, MaxParameters / rows[0].Length)))
        {
            var sql = new StringBuilder($"insert into {into} values ");
            var parameters = new DynamicParameters();
            for (var r = 0; r < chunk.Length; r++)
            {
                sql.Append(r == 0 ? "(" : ", (");
                for (var c = 0; c < chunk[r].Length; c++)
                {
                    var name = $"p{r}_{c}";
                    sql.Append(c == 0 ? "@" : ", @").Append(name);
                    parameters.Add(name, chunk[r][c]);
                }
                sql.Append(')');
            }
            await t.ExecuteAsync(sql.Append(' ').Append(ending).ToString(), parameters, cancel);
        }
    }
}
