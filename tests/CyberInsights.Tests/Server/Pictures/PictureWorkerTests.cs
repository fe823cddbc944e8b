using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CyberInsights.Server.Pictures;
using SkiaSharp;

namespace CyberInsights.Tests.Server.Pictures;

public sealed class PictureWorkerTests
{
    private static readonly string Hostile = Path.Combine(AppContext.BaseDirectory, "Hostile", "images");

    // The machine that tests may be busy; the bound itself is tested on workers that never end.
    private static readonly PictureWorker Worker = PictureWorker.OfThisProgram(TimeSpan.FromMinutes(1));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Payloads
    {
        get
        {
            using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Hostile, "expected.json")));
            return
            [
                .. expected
                    .RootElement.GetProperty("files")
                    .EnumerateArray()
                    .Select(f =>
                        (f.GetProperty("file").GetString()!, f.GetProperty("expect").GetProperty("status").GetString()!)
                    ),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Payloads))]
    public async Task A_hostile_picture_is_refused_in_a_sentence_or_comes_back_with_nothing_of_its_own(
        string name,
        string status
    )
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Hostile, name), Cancel);
        if (status == "refused")
        {
            var refusal = await RefusedAsync(Worker, name, file);
            Assert.StartsWith($"The picture {name} ", refusal.Message, StringComparison.Ordinal);
            return;
        }
        try
        {
            var picture = await Worker.EncodeAsync(name, file, Cancel);
            Assert.All(picture.Sizes, size => AssertBare(size.Body));
        }
        catch (RefusalException) when (status == "ok_or_refused") { }
    }

    [Fact]
    public void Every_payload_has_an_expectation()
    {
        var files = Directory.EnumerateFiles(Hostile).Select(Path.GetFileName).Where(f => f != "expected.json");

        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            Payloads.Select(p => p.Data.Item1).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_picture_comes_back_in_each_smaller_width_and_not_wider_than_it_was(SKEncodedImageFormat format)
    {
        var picture = await Worker.EncodeAsync("a", SomePicture.Of(1000, 500, format), Cancel);

        Assert.Equal([(480, 240), (960, 480), (1000, 500)], picture.Sizes.Select(s => (s.Width, s.Height)));
        Assert.Equal(64, picture.Hash.Length);
        Assert.All(
            picture.Sizes,
            size =>
            {
                AssertBare(size.Body);
                Assert.True(SomePicture.ColourAt(size.Body, 0.25, 0.5).Red > 200);
                Assert.True(SomePicture.ColourAt(size.Body, 0.75, 0.5).Blue > 200);
            }
        );
    }

    [Fact]
    public async Task The_same_picture_has_the_same_address()
    {
        var file = SomePicture.Of(600, 300);

        Assert.Equal(
            (await Worker.EncodeAsync("a", file, Cancel)).Hash,
            (await Worker.EncodeAsync("b", file, Cancel)).Hash
        );
    }

    [Fact]
    public async Task A_picture_that_lies_on_its_side_is_stood_up_before_its_metadata_goes()
    {
        var picture = await Worker.EncodeAsync("a", SomePicture.LyingJpeg(400, 200), Cancel);

        Assert.Equal((200, 400), (picture.Widest.Width, picture.Widest.Height));
        Assert.True(SomePicture.ColourAt(picture.Widest.Body, 0.5, 0.25).Red > 200);
        Assert.True(SomePicture.ColourAt(picture.Widest.Body, 0.5, 0.75).Blue > 200);
        AssertBare(picture.Widest.Body);
    }

    [Fact]
    public async Task A_picture_at_the_limit_of_pixels_is_encoded_and_one_over_is_not()
    {
        var picture = await Worker.EncodeAsync("a", SomePicture.Of(5000, 5000), Cancel);
        var refusal = await RefusedAsync(Worker, "a", SomePicture.Of(5000, 5001));

        Assert.Equal(1440, picture.Widest.Width);
        Assert.Contains("5,000 by 5,001 pixels", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8000, true)]
    [InlineData(8001, false)]
    public async Task A_side_has_a_limit_too(int width, bool good)
    {
        var encoding = Worker.EncodeAsync("a", SomePicture.Of(width, 10), Cancel);

        if (good)
        {
            Assert.Equal(2, (await encoding).Widest.Height);
        }
        else
        {
            await Assert.ThrowsAsync<RefusalException>(() => encoding);
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_even_looked_at()
    {
        var nobody = new PictureWorker(["/nonexistent"], TimeSpan.FromSeconds(1));
        byte[] file = [.. SomePicture.Of(10, 10), .. new byte[PictureLimits.MaxBytes]];

        Assert.Contains("larger than 5 MB", (await RefusedAsync(nobody, "a", file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exec sleep 60", 1, "took longer")]
    [InlineData("sleep 60 | cat", 1, "took longer")]
    [InlineData("exec tail /dev/zero", 60, "more memory")]
    [InlineData("exec yes", 60, "is damaged")]
    public async Task A_worker_that_hangs_swells_or_never_stops_talking_is_killed(
        string command,
        int seconds,
        string sentence
    )
    {
        using var folder = new TestFolder();
        var mark = folder.File("process");
        var worker = new PictureWorker(
            ["/bin/sh", "-c", $"echo $$ > {mark}; {command}"],
            TimeSpan.FromSeconds(seconds)
        );
        var watch = Stopwatch.StartNew();

        var refusal = await RefusedAsync(worker, "a", SomePicture.Of(10, 10));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(59));
        var process = (await File.ReadAllTextAsync(mark, Cancel)).Trim();
        await Patience.UntilAsync("the worker is gone", () => Task.FromResult(!Directory.Exists($"/proc/{process}")));
    }

    [Theory]
    [InlineData("/bin/true")]
    [InlineData("/bin/false")]
    [InlineData("/bin/cat")]
    public async Task A_worker_that_answers_nonsense_is_not_believed(string program)
    {
        var worker = new PictureWorker([program], TimeSpan.FromSeconds(10));

        var refusal = await RefusedAsync(worker, "a", SomePicture.Of(10, 10));

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<RefusalException> RefusedAsync(PictureWorker worker, string name, byte[] file)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => worker.EncodeAsync(name, file, Cancel));
        Assert.Equal(RefusalKind.BadInput, refusal.Kind);
        Assert.EndsWith("nothing was imported.", refusal.Message, StringComparison.Ordinal);
        return refusal;
    }

    // Picture data and nothing else: no Exif, no XMP, no colour profile (RFC 9649, 2.7).
    private static void AssertBare(byte[] webp)
    {
        var text = Encoding.Latin1.GetString(webp);
        Assert.StartsWith("RIFF", text, StringComparison.Ordinal);
        Assert.All(
            ["EXIF", "XMP ", "ICCP", "script"],
            name => Assert.False(text.Contains(name, StringComparison.Ordinal), name)
        );
    }
}
