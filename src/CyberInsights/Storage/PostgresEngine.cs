using System.Data.Common;
using System.Text;
using Npgsql;

namespace CyberInsights.Storage;

/// <summary>PostgreSQL 15 or later with tsvector and GIN: production at size.</summary>
internal sealed class PostgresEngine : Engine
{
    // Any number that no other user of the same database takes; it names "migration" among advisory locks.
    private const long MigrationLock = 0x43_49_4d_47;

    // The protocol allows 65,535 parameters a statement; no table has as many as 60 columns.
    private const int MaxRows = 1000;

    private readonly NpgsqlDataSource source;
    private readonly string server;

    internal PostgresEngine(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder =
                connectionString.StartsWith("postgres", StringComparison.OrdinalIgnoreCase)
                && connectionString.Contains("://", StringComparison.Ordinal)
                    ? FromAddress(new Uri(connectionString))
                    : new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw new RefusalException(
                RefusalKind.BadSetting,
                "Insights__Database is not a PostgreSQL connection string that can be read. Write it as Host=…;Username=…;Database=…, or give a file name for SQLite.",
                e
            );
        }
        server = $"{builder.Host}:{builder.Port}";
        source = new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }

    public override string Name => "postgres";

    public override bool ManyWriters => true;

    private protected override string In(string name, bool not) => not ? $"<> all({name})" : $"= any({name})";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancel) =>
        await source.OpenConnectionAsync(cancel);

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    public override Task LockForMigrationAsync(Transaction transaction, CancellationToken cancel) =>
        transaction.ExecuteAsync("select pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, cancel);

    // Many rows in a statement: each statement is a round trip.
    public override async Task InsertAsync(
        DbConnection connection,
        DbTransaction transaction,
        string into,
        IReadOnlyList<object?[]> rows,
        string ending,
        CancellationToken cancel
    )
    {
        foreach (var chunk in rows.Chunk(MaxRows))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            var sql = new StringBuilder($"insert into {into} values ");
            foreach (var row in chunk)
            {
                sql.Append(command.Parameters.Count == 0 ? "(" : ", (");
                for (var c = 0; c < row.Length; c++)
                {
                    command.Parameters.Add(new NpgsqlParameter { Value = row[c] ?? DBNull.Value });
                    sql.Append(c == 0 ? "$" : ", $").Append(command.Parameters.Count);
                }
                sql.Append(')');
            }
            command.CommandText = sql.Append(' ').Append(ending).ToString();
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public override Task PutDocumentsAsync(
        Transaction transaction,
        IReadOnlyCollection<SearchDocument> documents,
        CancellationToken cancel
    ) =>
        transaction.ExecuteAsync(
            """
            insert into search (id, title, body, kind, language, at, words)
            select id, title, body, kind, language, at,
                   setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', body_words), 'D')
            from unnest(@ids, @titles, @bodies, @kinds, @languages, @moments, @titleWords, @bodyWords)
                 as d (id, title, body, kind, language, at, title_words, body_words)
            on conflict (id) do update set title = excluded.title, body = excluded.body, kind = excluded.kind,
                language = excluded.language, at = excluded.at, words = excluded.words
            """,
            new
            {
                ids = documents.Select(d => d.Id).ToArray(),
                titles = documents.Select(d => Storable(d.Title)).ToArray(),
                bodies = documents.Select(d => Storable(Indexed(d.Body))).ToArray(),
                kinds = documents.Select(d => d.Kind).ToArray(),
                languages = documents.Select(d => d.Language).ToArray(),
                moments = documents.Select(d => d.At.ToUnixTimeMilliseconds()).ToArray(),
                titleWords = documents.Select(d => string.Join(' ', SearchWords.Of(d.Title))).ToArray(),
                bodyWords = documents.Select(d => string.Join(' ', SearchWords.Of(Indexed(d.Body)))).ToArray(),
            },
            cancel
        );

    public override Task DropDocumentAsync(Transaction transaction, long id, CancellationToken cancel) =>
        transaction.ExecuteAsync("delete from search where id = @id", new { id }, cancel);

    public override async Task<IReadOnlyList<SearchHit>> FindAsync(
        Database database,
        SearchQuery query,
        CancellationToken cancel
    )
    {
        var match = Match(query);
        if (match.Length == 0)
        {
            return [];
        }
        var filter = new StringBuilder();
        if (query.Kinds is not null)
        {
            filter.Append(" and kind in @kinds");
        }
        if (query.After is not null)
        {
            filter.Append(" and at >= @after");
        }
        if (query.Before is not null)
        {
            filter.Append(" and at < @before");
        }
        // Ranking only the newest 5,000 hits is what keeps common words fast.
        var sql = $"""
            with hits as (
                select id, kind, title, body, at, words from search
                where words @@ to_tsquery('simple', @match) {filter}
                order by id desc limit 5000
            )
            select id, kind, title, body as snippet, at, ts_rank(words, to_tsquery('simple', @match), 1) as score
            from hits
            order by {(query.NewestFirst ? "at desc, id desc" : "score desc, id desc")}
            limit @count offset @skip
            """;
        var hits = await database.QueryAsync<SearchHit>(
            sql,
            new
            {
                match,
                kinds = query.Kinds?.ToArray(),
                after = query.After?.ToUnixTimeMilliseconds(),
                before = query.Before?.ToUnixTimeMilliseconds(),
                count = query.Count,
                skip = query.Skip,
            },
            cancel
        );
        return [.. hits.Select(h => h with { Snippet = SearchSnippet.Of(h.Snippet, query) })];
    }

    public override string? Explain(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: "53100" } =>
                $"The disk of the PostgreSQL server {server} is full: this step was not stored, everything stored before is intact. Make room; work goes on by itself.",
            PostgresException { SqlState: "28P01" or "28000" or "3D000" } refused =>
                $"PostgreSQL at {server} refused the sign-in ({refused.MessageText}): nothing was read or changed. Check user, password and database name in Insights__Database.",
            NpgsqlException { InnerException: System.Net.Sockets.SocketException or IOException or TimeoutException } =>
                $"PostgreSQL at {server} does not answer: nothing was changed and stored work waits. Start the server or correct Insights__Database.",
            _ => null,
        };

    // PostgreSQL text holds no NUL.
    private static string Storable(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', ' ') : text;

    private static string Match(SearchQuery query)
    {
        var groups = query
            .Groups.Select(g => g.Where(p => p.Words.Count > 0).Select(Phrase).ToList())
            .Where(g => g.Count > 0)
            .Select(g => $"({string.Join(" | ", g)})")
            .ToList();
        if (groups.Count == 0)
        {
            return "";
        }
        var without = query.Without.Where(p => p.Words.Count > 0).Select(p => $"!({Phrase(p)})");
        return string.Join(" & ", groups.Concat(without));
    }

    // Words hold letters and digits only by the time they get here, so the quotes never need escaping; they are doubled all the same.
    private static string Phrase(SearchPhrase phrase) =>
        string.Join(
            " <-> ",
            phrase.Words.Select(
                (word, i) =>
                    $"'{word.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)}'"
                    + (phrase.Prefix && i == phrase.Words.Count - 1 ? ":*" : "")
            )
        );

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')),
        };
        var user = address.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }
        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }
        return builder;
    }
}
