using System.Xml.Linq;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// Keeps the keys of data protection in the database, sealed by <see cref="KeyFile"/>: every start and every web node has the same. Keys that it
/// cannot open are left where they are and out of use; others are made in their place.
/// </summary>
internal sealed partial class KeyStore(Database database, KeyFile file, ILogger<KeyStore> log) : IXmlRepository
{
    private readonly ILogger log = log;

    // The interface is older than asynchronous code; it is asked once in hours, off the thread that answers.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => PutAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting)))
            .GetAwaiter()
            .GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var rows = await database.QueryAsync<KeyRow>(
            "select name, xml from protection_keys order by name",
            null,
            default
        );
        var elements = new List<XElement>(rows.Count);
        foreach (var row in rows)
        {
            if (row.IsSealed)
            {
                elements.AddRange(file.Open(row.Name, row.Xml) is { } xml ? [XElement.Parse(xml)] : []);
                continue;
            }
            elements.Add(XElement.Parse(row.Xml));
            if (file.Path is not null)
            {
                // From before there was a key file.
                await PutAsync(row.Name, row.Xml);
            }
        }
        if (elements.Count < rows.Count)
        {
            LogLost(rows.Count - elements.Count, rows.Count, file.Path ?? "none, as Insights__KeyFile is not set");
        }
        return elements;
    }

    private Task PutAsync(string name, string xml) =>
        database.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "insert into protection_keys (name, xml) values (@name, @stored) on conflict (name) do update set xml = excluded.xml",
                    new { name, stored = file.Seal(name, xml) },
                    default
                ),
            default
        );

    [LoggerMessage(
        LogLevel.Error,
        "{Lost} of {All} keys of forms and cookies were sealed by another key file than this one ({File}): forms that are open have to be sent anew, and codes from an app are not taken; members come in by recovery codes, passkeys or `insights user reset`. Put the file that was lost back and start again, if you have it; the database keeps what it sealed."
    )]
    private partial void LogLost(int lost, int all, string file);

    private sealed record KeyRow
    {
        public required string Name { get; init; }
        public required string Xml { get; init; }

        internal bool IsSealed => !Xml.StartsWith('<');
    }
}
