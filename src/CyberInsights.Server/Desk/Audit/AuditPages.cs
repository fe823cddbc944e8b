using System.Globalization;
using System.Text;
using CyberInsights.Edit;

namespace CyberInsights.Server.Desk.Audit;

/// <summary>The room that shows who did what, and gives it away as a file.</summary>
internal sealed class AuditPages(DeskPages pages, AuditLog log)
{
    private const int Shown = 50;
    private const int MaxPage = 10_000;

    internal static DeskRoom Room { get; } =
        new(
            "audit",
            DeskRight.Audit,
            services => services.AddSingleton<AuditPages>(),
            desk =>
            {
                desk.Page(
                    "/desk/audit",
                    DeskRight.Audit,
                    (AuditPages audit, HttpContext http) => audit.ShowAsync(http)
                );
                desk.Page(
                    "/desk/audit/log.csv",
                    DeskRight.Audit,
                    (AuditPages audit, HttpContext http) => audit.SendAsync(http, "csv", AuditFile.Csv)
                );
                desk.Page(
                    "/desk/audit/log.jsonl",
                    DeskRight.Audit,
                    (AuditPages audit, HttpContext http) => audit.SendAsync(http, "jsonl", AuditFile.JsonLines)
                );
            }
        );

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var filter = FilterOf(http);
        var number = int.TryParse(http.Request.Query["page"], CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, MaxPage)
            : 1;
        // One more than is shown, which tells whether there is a next page.
        var entries = await log.ReadAsync(filter, (number - 1) * Shown, Shown + 1, http.RequestAborted);
        return await pages.ShowAsync<AuditView>(
            http,
            "desk.room.audit",
            new Dictionary<string, object?>
            {
                [nameof(AuditView.Entries)] = entries.Take(Shown).ToList(),
                [nameof(AuditView.More)] = entries.Count > Shown,
                [nameof(AuditView.Number)] = number,
                [nameof(AuditView.Filter)] = filter,
                [nameof(AuditView.Members)] = await log.MembersAsync(http.RequestAborted),
            }
        );
    }

    private async Task<IResult> SendAsync(HttpContext http, string ending, AuditFile.Writing writing)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit.{ending}\"";
        http.Response.ContentType = writing.ContentType;
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteAsync(writing.Head);
        await foreach (var entry in log.StreamAsync(FilterOf(http), http.RequestAborted))
        {
            await writer.WriteAsync(writing.Line(entry));
        }
        await writer.FlushAsync(http.RequestAborted);
        return Results.Empty;
    }

    private static AuditFilter FilterOf(HttpContext http) =>
        new() { Member = Given(http, "who"), Subject = Given(http, "subject") };

    private static string? Given(HttpContext http, string name) =>
        http.Request.Query[name].FirstOrDefault()?.Trim() is { Length: > 0 and <= 200 } value ? value : null;
}
