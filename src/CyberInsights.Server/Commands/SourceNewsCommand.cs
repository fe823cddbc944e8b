using System.CommandLine;
using System.Globalization;

namespace CyberInsights.Server.Commands;

/// <summary>One line of such a list, and the line below it with the reason.</summary>
internal sealed record SourceNews(DateTimeOffset At, long SourceId, string Title, string Reason, string Address);

/// <summary>A command that lists the newest of something that sources did, of one or of all.</summary>
internal static class SourceNewsCommand
{
    internal const int Shown = 100;

    /// <param name="read">The newest of the source with this id (null: of all), at most so many.</param>
    /// <param name="nothing">What is said when there is none.</param>
    internal static Command Create(
        string verb,
        string description,
        string nothing,
        Func<SourceDesk, long?, int, CancellationToken, Task<IEnumerable<SourceNews>>> read,
        TextWriter output
    )
    {
        var key = new Argument<string?>("KEY")
        {
            Description = "The source's short name; without it, all sources.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(verb, description) { key };
        command.SetAction(
            async (result, cancel) =>
            {
                await using var desk = await SourceDesk.OpenAsync(cancel);
                var source = result.GetValue(key) is { } name ? await desk.Sources.FindAsync(name, cancel) : null;
                var keys = (await desk.Sources.AllAsync(cancel)).ToDictionary(s => s.Id, s => s.Key);
                var news = (await read(desk, source?.Id, Shown, cancel)).ToList();
                foreach (var one in news)
                {
                    await output.WriteLineAsync(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{one.At:yyyy-MM-dd HH:mm'Z'}  {keys.GetValueOrDefault(one.SourceId, "(deleted)"), -20} {one.Title}"
                        )
                    );
                    await output.WriteLineAsync($"{"", -19}{one.Reason} {one.Address}");
                }
                if (news.Count == 0)
                {
                    await output.WriteLineAsync(nothing);
                }
                return 0;
            }
        );
        return command;
    }
}
