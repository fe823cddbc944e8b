using System.CommandLine;
using System.Globalization;
using System.Net.NetworkInformation;
using CyberInsights.Recognise;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

internal static class DoctorCommand
{
    private const long LittleDisk = 1L << 30;

    internal static Command Create(TextWriter output)
    {
        var command = new Command(
            "doctor",
            "Check settings, database, disk, clock, the port, the language model, the mail server and stuck work, and say what to do about each."
        );
        command.SetAction(
            async (_, cancel) =>
            {
                var settings = CommandLine.Settings();
                await output.WriteLineAsync("ok    settings: all can be read");
                var well = await DatabaseAsync(settings, output, cancel);
                well &= await DiskAsync(output);
                well &= await ClockAsync(output);
                well &= await PortAsync(settings, output);
                well &= await ModelCheck.RunAsync(settings, output, cancel);
                well &= await MailCheck.RunAsync(settings, output, cancel);
                return well ? 0 : 1;
            }
        );
        return command;
    }

    private static async Task<bool> DatabaseAsync(
        NewsroomSettings settings,
        TextWriter output,
        CancellationToken cancel
    )
    {
        try
        {
            await using var database = await Database.StartAsync(settings.Database, TimeProvider.System, cancel);
            var reports = await database.FirstAsync<long>("select count(*) from reports", null, cancel);
            await output.WriteLineAsync($"ok    database: {database.Engine.Name}, {reports} reports");
            var well = true;
            foreach (var work in await new WorkList(database, TimeProvider.System).StateAsync(cancel))
            {
                var line =
                    $"{work.Stage.ToString().ToLowerInvariant()}: {work.Waiting} waiting, {work.Parked} given up";
                well &= work.Parked == 0;
                await output.WriteLineAsync(
                    work.Parked == 0
                        ? $"ok    {line}"
                        : $"look  {line}; last error: {work.LastError}. What was captured is kept; report the error, a later version reads it again."
                );
            }
            var undecided = await new StatementStore(database).WaitingAsync(cancel);
            await output.WriteLineAsync($"ok    desk: {undecided} statements wait to be accepted or rejected");
            return well;
        }
        catch (RefusalException e)
        {
            await output.WriteLineAsync($"bad   database: {e.Message}");
            return false;
        }
    }

    private static async Task<bool> DiskAsync(TextWriter output)
    {
        var free = new DriveInfo(Path.GetFullPath(".")).AvailableFreeSpace;
        var gigabytes = (free / 1e9).ToString("0.0", CultureInfo.InvariantCulture);
        await output.WriteLineAsync(
            free > LittleDisk
                ? $"ok    disk: {gigabytes} GB free"
                : $"look  disk: only {gigabytes} GB free; capture stops when it is full. Make room."
        );
        return free > LittleDisk;
    }

    // Validators, leases and "since your last visit" need a clock that is roughly right; 2025 is when this program was begun.
    private static async Task<bool> ClockAsync(TextWriter output)
    {
        var now = TimeProvider.System.GetUtcNow();
        var sane = now.Year is >= 2025 and < 2039;
        await output.WriteLineAsync(
            sane
                ? $"ok    clock: {now:yyyy-MM-dd HH:mm:ss} UTC"
                : $"bad   clock: {now:yyyy-MM-dd HH:mm:ss} UTC cannot be right. Set the machine's clock (NTP)."
        );
        return sane;
    }

    private static async Task<bool> PortAsync(NewsroomSettings settings, TextWriter output)
    {
        var port = new Uri(settings.Urls.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal)).Port;
        var free = PortIsFree(port);
        await output.WriteLineAsync(
            free
                ? $"ok    port: {port} is free"
                : $"look  port: {port} is taken, by a running newsroom or something else. Stop it, or set Insights__Urls to another port."
        );
        return true;
    }

    private static bool PortIsFree(int port) =>
        !IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(e => e.Port == port);
}
