using CyberInsights.Recognise;

namespace CyberInsights.Group;

/// <summary>Makes of a bare text what grouping looks at, as the stage Recognise would have stored it: for training and measuring without a database.</summary>
internal static class UnderstoodReport
{
    internal static GroupingReport Of(
        long id,
        long sourceId,
        DateTimeOffset at,
        string title,
        string text,
        string language
    )
    {
        var understood = Recogniser.Read(title, text, language, at);
        return new GroupingReport
        {
            Id = id,
            SourceId = sourceId,
            PublishedAt = at,
            FirstSeenAt = at,
            Language = language,
            Title = title,
            Text = text,
            Entities =
            [
                .. understood
                    .Mentions.GroupBy(m => m.Entity.Key, StringComparer.Ordinal)
                    .Select(g => new GroupingEntity(g.Key, g.First().Entity.Kind, g.Any(m => m.Start < title.Length))),
            ],
            Happenings =
            [
                .. understood
                    .Facts.Where(f => f.Kind == FactKind.Happening)
                    .Select(f => Enum.Parse<Happening>(f.Value)),
            ],
            Victims = [.. understood.Facts.Where(f => f.Kind == FactKind.Victim).Select(f => f.Value)],
        };
    }
}
