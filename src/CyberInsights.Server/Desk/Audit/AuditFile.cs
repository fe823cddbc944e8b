using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CyberInsights.Edit;

namespace CyberInsights.Server.Desk.Audit;

/// <summary>The audit log as a file: CSV (RFC 4180) for tables, JSON Lines for programs.</summary>
internal static class AuditFile
{
    /// <summary>How one kind of file begins, and how it tells an entry.</summary>
    internal sealed record Writing(string ContentType, string Head, Func<AuditEntry, string> Line);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static Writing Csv { get; } =
        new(
            "text/csv; charset=utf-8",
            "id,at,member_id,member,action,subject_kind,subject_key,subject_title,reason,detail,undoes\r\n",
            e =>
                string.Join(
                    ',',
                    new[]
                    {
                        Number(e.Id),
                        e.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                        Number(e.MemberId),
                        e.Member,
                        e.Action,
                        e.SubjectKind,
                        e.SubjectKey,
                        e.SubjectTitle,
                        e.Reason,
                        e.Detail,
                        e.Undoes is { } undoes ? Number(undoes) : "",
                    }.Select(Cell)
                ) + "\r\n"
        );

    internal static Writing JsonLines { get; } =
        new("application/jsonl; charset=utf-8", "", e => JsonSerializer.Serialize(e, Json) + "\n");

    // A cell that begins like a formula is one for a spreadsheet; the apostrophe makes it text (OWASP, CSV Injection).
    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
