using System.Xml.Linq;
using CyberInsights.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CyberInsights.Server.Accounts;

/// <summary>Keeps the keys of data protection in the database: every start and every web node has the same.</summary>
internal sealed class KeyStore(Database database) : IXmlRepository
{
    // The interface is older than asynchronous code; it is asked once in hours, off the thread that answers.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => database.QueryAsync<string>("select xml from protection_keys order by name", null, default))
            .GetAwaiter()
            .GetResult()
            .Select(XElement.Parse)
            .ToList();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() =>
                database.WriteAsync(
                    t =>
                        t.ExecuteAsync(
                            "insert into protection_keys (name, xml) values (@friendlyName, @xml) on conflict (name) do update set xml = excluded.xml",
                            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) },
                            default
                        ),
                    default
                )
            )
            .GetAwaiter()
            .GetResult();
}
