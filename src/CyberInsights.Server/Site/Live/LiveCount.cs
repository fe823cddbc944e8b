namespace CyberInsights.Server.Site.Live;

/// <summary>How much is new, of each kind that readers are told of.</summary>
internal readonly record struct LiveCount(int Events, int Statements, int Reports, int Others)
{
    private const int KindsTold = 2;

    internal LiveCount With(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Opened => this with { Events = Events + 1 },
            ChangeKind.StatementAdded => this with { Statements = Statements + 1 },
            ChangeKind.ReportAdded => this with { Reports = Reports + 1 },
            _ => this with { Others = Others + 1 },
        };

    /// <summary>"2 new events, 3 new statements": the two weightiest kinds.</summary>
    internal string InWords(Language language)
    {
        (string Key, int Count)[] kinds =
        [
            ("live.events", Events),
            ("live.statements", Statements),
            ("live.reports", Reports),
            ("live.others", Others),
        ];
        return string.Join(
            language.Strings["list.comma"],
            kinds.Where(k => k.Count > 0).Take(KindsTold).Select(k => language.Counted(k.Key, k.Count))
        );
    }
}
