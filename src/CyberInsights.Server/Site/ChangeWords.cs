using CyberInsights.Publish.Reading;
using CyberInsights.Server.Site.Parts;

namespace CyberInsights.Server.Site;

/// <summary>An entry of a change log as plain text, for feeds and for machines that read pages.</summary>
internal static class ChangeWords
{
    internal static string Title(Language language, DossierChange change, ShownStatement? statement) =>
        statement is not null
            ? language.Strings.Format(
                "feed.says",
                statement.Speaker,
                language.Strings[$"stance.{statement.Stance.Key()}.verb"]
            )
            : Kind(language, change.Kind);

    /// <summary>What a statement says and where; otherwise old and new, which the log keeps on a line each.</summary>
    internal static string Text(Language language, DossierChange change, ShownStatement? statement) =>
        statement is not null ? Words(statement) : Text(language, change.Kind, change.Text);

    /// <summary>Old and new, which the log keeps on a line each.</summary>
    internal static string Text(Language language, ChangeKind kind, string text) =>
        kind == ChangeKind.StateChanged
            ? string.Join(
                " → ",
                text.Split('\n')
                    .Select(w =>
                        Enum.TryParse<EventState>(w, out var state) ? language.Strings[$"state.{state.Key()}"] : w
                    )
            )
        : kind == ChangeKind.DeskEdited && text.Split('\n') is [_, var act, var why]
            ? $"{language.Strings[Names.ActKey(act)]}{language.Strings["list.colon"]}{why}"
        : kind == ChangeKind.NumberRevised && text.Split('\n') is [var counted, var unit, var was, var became]
            ? $"{language.Strings[$"counted.{counted.ToLowerInvariant()}"]}{language.Strings["list.colon"]}{language.Amount(was, unit)} → {language.Amount(became, unit)}"
        : text.Replace("\n", " → ", StringComparison.Ordinal);

    private static string Kind(Language language, ChangeKind kind) =>
        kind is ChangeKind.ReportAdded or ChangeKind.StatementAdded or ChangeKind.StatementWithdrawn
            ? language.Counted($"change.{kind.Key()}", 1)
            : language.Strings[$"change.{kind.Key()}"];

    private static string Words(ShownStatement statement) =>
        (
            statement.Quote is { } quote
                ? $"{statement.Before}{Language.Quoted(quote, statement.Language)}{statement.After}"
                : statement.Sentence ?? ""
        )
        + $"\n{statement.Source.Name}"
        + (statement.Source.Address is { } address ? $" {address.AbsoluteUri}" : "");
}
