using System.CommandLine;
using System.Globalization;
using System.Text;
using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site;
using CyberInsights.Storage;

namespace CyberInsights.Server.Commands;

internal static class TrendsCommand
{
    private const int Shown = 20;

    internal static Command Create(TextWriter output)
    {
        var at = new Option<string?>("--at")
        {
            Description =
                "The moment to look back from: a day (2021-12-12, its end in UTC) or a time (2021-12-12T14:00Z). Without it: now, or the newest event of an archive.",
        };
        var kind = new Option<string?>("--kind")
        {
            Description = $"Only this kind: {string.Join(", ", TrendsPage.Kinds)}.",
        };
        var all = new Option<bool>("--all") { Description = $"All of them, not the first {Shown} of each list." };
        var json = new Option<bool>("--json") { Description = "One line of JSON, for machines." };
        var command = new Command(
            "trends",
            "Show what moves: topics and entities told of by more or fewer independent sources than their own past lets expect, and the bursts going on, as could be seen at a moment."
        )
        {
            at,
            kind,
            all,
            json,
        };
        command.SetAction(
            async (result, cancel) =>
            {
                var wanted = KindOf(result.GetValue(kind));
                var asked = result.GetValue(at) is { } text
                    ? MomentOf(text, TimeProvider.System.GetUtcNow())
                    : null as DateTimeOffset?;
                await using var database = await Database.StartAsync(
                    CommandLine.Settings().Database,
                    TimeProvider.System,
                    cancel
                );
                var moment = asked ?? await new AsOfReader(database, TimeProvider.System).ReadAsync(cancel);
                var board = await new TrendReader(database).BoardAsync(
                    moment,
                    result.GetValue(all) ? TrendReader.Most : Shown,
                    wanted,
                    cancel
                );
                await output.WriteLineAsync(
                    result.GetValue(json) ? TrendsJson.Of(board) : await DescribeAsync(board, database, cancel)
                );
                return 0;
            }
        );
        return command;
    }

    private static Predicate<EntityKind?> KindOf(string? name) =>
        name is null || TrendsPage.Kinds.Contains(name)
            ? TrendsPage.Of(name)
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"There is no kind \"{name}\": nothing was read. Give --kind one of {string.Join(", ", TrendsPage.Kinds)}."
            );

    internal static DateTimeOffset MomentOf(string text, DateTimeOffset now)
    {
        var moment =
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1)
            : DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
                ? time
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"\"{text}\" is no date that can be read: nothing was shown. Give --at a day as 2021-12-12 or a time as 2021-12-12T14:00Z."
            );
        return moment <= now ? moment
            // Today has not ended; what it has so far is what was asked for.
            : moment - now <= TimeSpan.FromDays(1) ? now
            : throw new RefusalException(
                RefusalKind.BadInput,
                $"{text} lies ahead, and nothing is forecast: nothing was shown. Give --at a moment that has passed."
            );
    }

    private static async Task<string> DescribeAsync(TrendBoard board, Database database, CancellationToken cancel)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"As of {board.AsOf:yyyy-MM-dd HH:mm} UTC, in the 24 hours before; {board.PastDays} days of the past are known."
        );
        if (board.Bursts.Count > 0)
        {
            text.AppendLine("\nBursts going on, as seen when they began (independent reports, expected)");
            foreach (var burst in board.Bursts)
            {
                var with = burst.Parts.Count == 0 ? "" : $", with {string.Join(", ", burst.Parts)}";
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{burst.Reports, 5} ({burst.Expected:0.0})  {burst.Name} ({Name(burst.Kind)}), since {burst.BeganAt:yyyy-MM-dd HH:mm}{with}"
                );
            }
        }
        Describe(text, "Rising (independent reports, usual range, surprise; * burst)", board.Rising);
        Describe(text, "First seen", board.FirstSeen);
        Describe(text, "Fading", board.Fading);
        if (board.Empty)
        {
            text.AppendLine(await NothingAsync(board, database, cancel));
        }
        return text.ToString().TrimEnd();
    }

    private static void Describe(StringBuilder text, string title, IReadOnlyList<Trend> trends)
    {
        if (trends.Count == 0)
        {
            return;
        }
        text.AppendLine().AppendLine(title);
        foreach (var trend in trends)
        {
            var with = trend.Mirrors.Count == 0 ? "" : $", with {string.Join(", ", trend.Mirrors.Select(m => m.Name))}";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{trend.LastDay, 5} ({trend.UsualLow:0}-{trend.UsualHigh:0}) {trend.Surprise, 5:0.0}{(trend.Bursting ? "*" : " ")} {trend.Name} ({Name(trend.Kind)}){with}"
            );
        }
    }

    private static string Name(EntityKind? kind) => kind?.ToString().ToLowerInvariant() ?? TrendsPage.Topic;

    // An empty answer says where there is one.
    private static async Task<string> NothingAsync(TrendBoard board, Database database, CancellationToken cancel)
    {
        var (first, last) = await database.FirstAsync<(long?, long?)>(
            "select min(seen_at), max(seen_at) from tellings",
            null,
            cancel
        );
        return first is null
                ? "No report has been counted yet: there is nothing to compare. Start the newsroom with `insights run`, or play an archive with `insights replay DIR`."
            : board.AsOf < At(first) || board.AsOf > At(last) + TimeSpan.FromDays(1)
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nothing was captured in these 24 hours. Reports were captured from {At(first):yyyy-MM-dd HH:mm} to {At(last):yyyy-MM-dd HH:mm} UTC: give --at a moment between."
                )
            : "Nothing was told of more or less than usual.";

        static DateTimeOffset At(long? milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds ?? 0);
    }
}
