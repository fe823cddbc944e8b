using System.Globalization;

namespace CyberInsights.Capture;

/// <summary>What may be wrong with a source although it answers.</summary>
public enum AlarmKind
{
    /// <summary>It cannot be read.</summary>
    Failing,

    /// <summary>Far longer without a new item than it is used to.</summary>
    Silent,

    /// <summary>Its documents have no items any more.</summary>
    Empty,

    /// <summary>Its texts are suddenly short: a paywall, a change of its pages, teasers instead of full text.</summary>
    ShortTexts,

    /// <summary>All items have one address.</summary>
    OneLink,

    /// <summary>Its pages show walls in place of the articles.</summary>
    Walled,

    /// <summary>It brings more new items than a day has room for.</summary>
    Flood,

    /// <summary>Its items have other ids at every fetch.</summary>
    ChangingIds,

    /// <summary>It writes in another language than before.</summary>
    OtherLanguage,
}

/// <summary>An alarm with its reason in one sentence.</summary>
public sealed record SourceAlarm(AlarmKind Kind, string Sentence)
{
    // Failing three times in a row is no hiccup: with the usual back-off that is an hour and three quarters.
    private const int EnoughFailures = 3;

    // By the source's own rhythm, a silence that comes by chance once in a thousand times: e^-7.
    private const double EnoughExpected = 7;
    private const double EnoughPauses = 2;
    private const int EnoughWalls = 3;
    private const int Recent = 5;
    private const int Enough = 10;
    private const int FullText = 400;
    private const double SuddenlyShort = 0.25;

    /// <summary>What a person should look at. Pure; nothing for a source that is paused or retired.</summary>
    public static IReadOnlyList<SourceAlarm> Of(SourceHealth source, DateTimeOffset now) =>
        source.State != SourceState.Active
            ? []
            :
            [
                .. new[]
                {
                    Failing(source),
                    source.Rhythm is { } rhythm ? Silent(rhythm, now) : null,
                    source.Rhythm is { EmptyDocuments: >= 2 }
                        ? new SourceAlarm(
                            AlarmKind.Empty,
                            $"Its last {source.Rhythm.EmptyDocuments} documents had no items: the address may have become another page. Look at it, or let the feed be found again."
                        )
                        : null,
                    source.Rhythm is { } lengths ? ShortTexts(lengths) : null,
                    source.Rhythm is { OneLink: true }
                        ? new SourceAlarm(
                            AlarmKind.OneLink,
                            "All items of its last document have one address: links lead nowhere useful. Its feed is probably broken; tell the publisher or pause it."
                        )
                        : null,
                    Walled(source),
                    source.Rhythm is { PutOff: > 0 }
                        ? new SourceAlarm(
                            AlarmKind.Flood,
                            $"It brought more new items within a day than one source may; {source.Rhythm.PutOff} of its newest document were put off and come as there is room, if it still holds them then. Leave out by rules what is not wanted, or pause it."
                        )
                        : null,
                    source.Rhythm is { ChangingIds: true }
                        ? new SourceAlarm(
                            AlarmKind.ChangingIds,
                            "Most items of its last document have other ids than before: they are told apart by address and text, so that nothing comes in twice, but an item whose address changes with its text would. Tell the publisher."
                        )
                        : null,
                    source.Rhythm is { } languages ? OtherLanguage(languages) : null,
                }.OfType<SourceAlarm>(),
            ];

    private static SourceAlarm? Failing(SourceHealth source) =>
        source.Failures < EnoughFailures
            ? null
            : new SourceAlarm(AlarmKind.Failing, $"{source.Failures} failures in a row, the last: {source.LastError}");

    private static SourceAlarm? Silent(Rhythm rhythm, DateTimeOffset now)
    {
        if (rhythm.NewestAt is not { } newest)
        {
            return null;
        }
        var hours = (now - newest).TotalHours;
        return
            hours < 24
            || hours < EnoughPauses * rhythm.LongestPause
            || rhythm.Expected(newest, now) is var expected && expected < EnoughExpected
            ? null
            : new SourceAlarm(
                AlarmKind.Silent,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No new item for {hours / 24:0.#} days, where {expected:0} were expected: usually {rhythm.PerDay:0.#} a day, its longest pause lately {rhythm.LongestPause:0} hours. Look whether it publishes elsewhere now."
                )
            );
    }

    private static SourceAlarm? ShortTexts(Rhythm rhythm)
    {
        var (before, recent) = Split(rhythm.Lengths);
        return
            before.Count < Enough
            || Median(before) is var usual && (usual < FullText || Median(recent) >= SuddenlyShort * usual)
            ? null
            : new SourceAlarm(
                AlarmKind.ShortTexts,
                $"Its last {Recent} texts have about {Median(recent)} characters, before that {Median(before)}: a paywall, a cookie wall, or its pages changed. Test it, and switch full text on or off."
            );
    }

    private static SourceAlarm? Walled(SourceHealth source) =>
        source.Walls < EnoughWalls
            ? null
            : new SourceAlarm(
                AlarmKind.Walled,
                $"Within a week {source.Walls} of its pages showed a wall in place of the article; those reports keep the words of its feed. `insights sources walls {source.Key}` tells which; if all pages do, switch full text off."
            );

    private static SourceAlarm? OtherLanguage(Rhythm rhythm)
    {
        var (before, recent) = Split(rhythm.Languages);
        if (before.Count < Enough || recent.Distinct().Count() > 1)
        {
            return null;
        }
        return before.Contains(recent[0], StringComparer.Ordinal)
            ? null
            : new SourceAlarm(
                AlarmKind.OtherLanguage,
                $"Its last {Recent} texts are in another language ({recent[0]}) than all before: the address may belong to somebody else now. Look at it."
            );
    }

    private static (IReadOnlyList<T> Before, IReadOnlyList<T> Recent) Split<T>(IReadOnlyList<T> values) =>
        values.Count < Recent ? ([], values) : ([.. values.SkipLast(Recent)], [.. values.TakeLast(Recent)]);

    private static int Median(IReadOnlyList<int> values) => values.Order().ElementAt(values.Count / 2);
}
