using System.Diagnostics;
using System.Runtime.InteropServices;
using CyberInsights.Edit;

namespace CyberInsights.Server.Pictures;

/// <summary>
/// Has pictures encoded anew in a process of its own, which knows no setting and no secret and is killed when it takes too long or too
/// much; one process a picture.
/// </summary>
/// <param name="program">What to start, with its arguments: it takes the file at its input and answers as <see cref="PictureAnswer"/> says.</param>
/// <param name="maxTime">From start to end.</param>
internal sealed class PictureWorker(IReadOnlyList<string> program, TimeSpan maxTime)
{
    /// <summary>The hidden command of <c>insights</c> that is the worker.</summary>
    internal const string Command = "picture-worker";

    // Below this the managed heap of the worker ends; pixels lie outside of it.
    private const string HeapLimit = "0x4000000";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    internal static PictureWorker OfThisProgram(TimeSpan? maxTime = null) =>
        new(ThisProgram(), maxTime ?? PictureLimits.MaxTime);

    /// <summary>The picture in our encoding.</summary>
    /// <param name="name">How a refusal calls it.</param>
    /// <exception cref="RefusalException">It is too large, no picture, damaged, or costs too much.</exception>
    internal async Task<EncodedPicture> EncodeAsync(string name, byte[] file, CancellationToken cancel)
    {
        Check(name, file);
        var answer = await RunAsync(name, file, cancel);
        return PictureAnswer.Read(answer) ?? throw Refuse(name, "is damaged. Save it anew and try again");
    }

    private static void Check(string name, byte[] file)
    {
        if (file.Length > PictureLimits.MaxBytes)
        {
            throw Refuse(name, $"is larger than {PictureLimits.MaxBytes / 1024 / 1024} MB. Make it smaller");
        }
        if (PictureHead.Of(file) is not { } head)
        {
            throw Refuse(name, "is no JPEG, PNG, GIF or WebP, whatever its name says. Save it as one of these");
        }
        if (head.Width == 0 || head.Height == 0)
        {
            throw Refuse(name, "is damaged: it tells no width and height. Save it anew and try again");
        }
        if (
            head.Width > PictureLimits.MaxSide
            || head.Height > PictureLimits.MaxSide
            || (long)head.Width * head.Height > PictureLimits.MaxPixels
        )
        {
            throw Refuse(
                name,
                $"has {head.Width:N0} by {head.Height:N0} pixels. Make it smaller: {PictureLimits.MaxSide:N0} a side and {PictureLimits.MaxPixels / 1_000_000} million in all are the most"
            );
        }
    }

    private async Task<byte[]> RunAsync(string name, byte[] file, CancellationToken cancel)
    {
        using var process = Process.Start(StartInfo())!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(maxTime);
        try
        {
            var answer = AnswerAsync(process, file, over.Token);
            while (await Task.WhenAny(answer, Task.Delay(Look, over.Token)) != answer)
            {
                over.Token.ThrowIfCancellationRequested();
                if (HeldBytes(process) > PictureLimits.IdleBytes + PictureLimits.MaxWorkBytes)
                {
                    throw Refuse(name, "takes more memory to decode than a picture may. Make it smaller");
                }
            }
            return await answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Refuse(name, $"took longer than {maxTime.TotalSeconds:0.#} seconds to decode. Make it smaller");
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task<byte[]> AnswerAsync(Process process, byte[] file, CancellationToken cancel)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var writing = WriteAsync(process, file, cancel);
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(buffer, cancel)) > 0)
        {
            answer.Write(buffer, 0, read);
            if (answer.Length > PictureLimits.MaxAnswerBytes)
            {
                return [];
            }
        }
        await writing;
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? answer.ToArray() : [];
    }

    private static async Task WriteAsync(Process process, byte[] file, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file, cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A worker that ended early does not read; its answer tells.
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(program[0], program.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        return start;
    }

    private static long HeldBytes(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended by itself, meanwhile.
            return 0;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    // The program is a file for the "dotnet" of the runtime that runs now, or one that runs by itself.
    private static IReadOnlyList<string> ThisProgram()
    {
        var library = typeof(PictureWorker).Assembly.Location;
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        return File.Exists(host) && File.Exists(library)
            ? [host, library, Command]
            : [Environment.ProcessPath ?? "insights", Command];
    }

    private static RefusalException Refuse(string name, string what) =>
        new(RefusalKind.BadInput, $"The picture {name} {what}; nothing was imported.");
}
