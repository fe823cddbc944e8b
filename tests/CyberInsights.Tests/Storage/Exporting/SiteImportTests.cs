using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CyberInsights.Storage;
using CyberInsights.Storage.Exporting;
using CyberInsights.Tests.Publish.Reading;

namespace CyberInsights.Tests.Storage.Exporting;

/// <summary>Files that are no export, or no longer one: refused with a sentence, and nothing of them is stored.</summary>
public sealed class SiteImportTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private Database empty = null!;
    private byte[] file = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var full = await Database.StartAsync(await folder.DatabaseAsync("full.db"), Some.Clock(), Cancel);
        await new Seeds(full).SourceAsync("Wire");
        await full.WriteAsync(
            t =>
                t.ExecuteAsync(
                    "update topics set name = 'Renamed' where id = (select min(id) from topics)",
                    null,
                    Cancel
                ),
            Cancel
        );
        using var stream = new MemoryStream();
        await SiteExport.WriteAsync(full, stream, Some.Clock().GetUtcNow(), Cancel);
        file = stream.ToArray();
        empty = await Database.StartAsync(await folder.DatabaseAsync("empty.db"), Some.Clock(), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await empty.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_whole_file_is_read()
    {
        await SiteImport.ReadAsync(empty, new MemoryStream(file), Cancel);

        Assert.Equal("Wire", await empty.FirstAsync<string>("select name from sources", null, Cancel));
    }

    [Fact]
    public async Task What_is_not_empty_is_left_alone()
    {
        await new Seeds(empty).SourceAsync("Daily");

        Assert.Contains("not empty", await RefusalAsync(file), StringComparison.Ordinal);
        Assert.Equal("Daily", await empty.FirstAsync<string>("select name from sources", null, Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task A_cut_file_is_no_export(int length)
    {
        await RefusedAsync(file[..(length < 0 ? file.Length + length : length)], "not a whole export");
    }

    [Fact]
    public async Task A_flipped_bit_is_seen()
    {
        var flipped = Rewrite("tables/sources.jsonl", text => text.Replace("Wire", "Wirf", StringComparison.Ordinal));

        await RefusedAsync(flipped, "is not the one that was written");
    }

    [Fact]
    public async Task A_row_that_refers_to_none_is_refused_even_when_its_hash_is_right()
    {
        var loose = Rewrite("tables/source_labels.jsonl", _ => "[42,\"label\"]\n", rehash: true);

        await RefusedAsync(loose, "source_labels");
    }

    [Theory]
    [InlineData("[1,2,3]\n")]
    [InlineData("[\"x\",\"y\"]\n")]
    [InlineData("{}\n")]
    [InlineData("[null,null]\n")]
    public async Task A_row_that_does_not_fit_its_table_is_refused(string row)
    {
        await RefusedAsync(Rewrite("tables/source_labels.jsonl", _ => row, rehash: true), "of source_labels");
    }

    [Fact]
    public async Task A_last_row_without_its_end_is_refused()
    {
        await RefusedAsync(Rewrite("tables/source_labels.jsonl", _ => "[1,\"label\"]", rehash: true), "is cut");
    }

    [Fact]
    public async Task A_table_of_another_name_never_reaches_the_database()
    {
        var foreign = Rewrite(
            "manifest.json",
            text =>
                text.Replace(
                    "\"name\": \"source_labels\"",
                    "\"name\": \"source_labels; drop table sources\"",
                    StringComparison.Ordinal
                )
        );

        await RefusedAsync(foreign, "none of this newsroom");
    }

    [Fact]
    public async Task An_export_of_another_version_says_what_to_do()
    {
        var older = Rewrite(
            "manifest.json",
            text => System.Text.RegularExpressions.Regex.Replace(text, "\"schema\": \\d+", "\"schema\": 3")
        );

        await RefusedAsync(older, "schema 3");
    }

    private async Task RefusedAsync(byte[] export, string sentence)
    {
        var topics = await empty.QueryAsync<string>("select name from topics order by id", null, Cancel);

        Assert.Contains(sentence, await RefusalAsync(export), StringComparison.Ordinal);

        Assert.Equal(0L, await empty.FirstAsync<long>("select count(*) from sources", null, Cancel));
        Assert.Equal(topics, await empty.QueryAsync<string>("select name from topics order by id", null, Cancel));
    }

    private async Task<string> RefusalAsync(byte[] export) =>
        (
            await Assert.ThrowsAsync<RefusalException>(() =>
                SiteImport.ReadAsync(empty, new MemoryStream(export), Cancel)
            )
        ).Message;

    private byte[] Rewrite(string name, Func<string, string> change, bool rehash = false)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var before = Read(zip, name);
            var text = change(before);
            Assert.NotEqual(before, text);
            Write(zip, name, text);
            if (rehash)
            {
                Write(zip, "manifest.json", Vouched(Read(zip, "manifest.json"), name, text));
            }
        }
        return stream.ToArray();
    }

    // The manifest that would belong to the changed table.
    private static string Vouched(string manifest, string entry, string text)
    {
        var json = JsonNode.Parse(manifest)!;
        var table = json["tables"]!.AsArray().Single(t => $"tables/{t!["name"]}.jsonl" == entry)!;
        table["hash"] = Hash(text);
        table["rows"] = text.Count(c => c == '\n');
        return json.ToJsonString();
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }
}
