using System.Text.Json;
using CyberInsights.Capture;
using CyberInsights.Net;

namespace CyberInsights.Tests.Capture;

/// <summary>The files of Hostile/opml against what <c>expected.json</c> beside them demands.</summary>
public sealed class OpmlHostileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Hostile", "opml");

    private static readonly Dictionary<string, JsonElement> Expectations = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")))
        .RootElement.GetProperty("files")
        .EnumerateArray()
        .ToDictionary(e => e.GetProperty("file").GetString()!, e => e.GetProperty("expect"));

    public static TheoryData<string> Files => [.. Expectations.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_read_or_refused_as_demanded(string file)
    {
        var expect = Expectations[file];

        var read = OpmlReader.Read(File.ReadAllBytes(Path.Combine(Folder, file)), out var refusal);

        switch (expect.GetProperty("parse").GetString())
        {
            case "ok":
                Assert.NotNull(read);
                break;
            case "reject":
                Assert.Equal(expect.GetProperty("error_code").GetString(), refusal?.Code);
                break;
            default:
                Assert.True(read is not null || refusal?.Code == expect.GetProperty("error_code").GetString());
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void As_many_sources_come_of_it_as_demanded(string file)
    {
        var expect = Expectations[file];
        if (OpmlReader.Read(File.ReadAllBytes(Path.Combine(Folder, file)), out _) is not { } read)
        {
            return;
        }

        using var http = new GuardedHttp(new OutboundPolicy(), TimeProvider.System);
        var plan = OpmlImport.Plan(read, [], http);

        foreach (var name in new[] { "feeds", "feeds_accepted" })
        {
            if (expect.TryGetProperty(name, out var feeds))
            {
                Assert.Equal(feeds.GetInt32(), plan.Added.Count);
            }
        }
        if (expect.TryGetProperty("rejected", out var rejected))
        {
            Assert.Equal(rejected.GetInt32(), plan.LeftOut.Count);
        }
        Assert.All(plan.Added, s => Assert.InRange(s.Name.Length, 1, OpmlReader.MaxName));
        Assert.All(
            plan.Added.Select(s => s.Name).Concat(plan.LeftOut),
            line => Assert.DoesNotMatch("[\u0000-\u001F\u202A-\u202E\u2066-\u2069]", line)
        );
    }

    [Fact]
    public void What_is_cut_off_is_told_with_its_line()
    {
        OpmlReader.Read(File.ReadAllBytes(Path.Combine(Folder, "o_broken.opml")), out var refusal);

        Assert.Contains("on line 1,", refusal!.Sentence, StringComparison.Ordinal);
    }
}
