using System.Globalization;
using CyberInsights.Edit;
using CyberInsights.Publish.Reading;
using CyberInsights.Storage;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CyberInsights.Publish.Checking;

/// <summary>What has to hold before an article goes out.</summary>
public sealed class ArticleChecker(
    Database database,
    StatementReader statements,
    EventLineReader events,
    ArticlePartReader pictures,
    LinkChecker links
)
{
    private const int Told = 80;

    /// <summary>Every check with what it found, at least one line each; those that stop first within it.</summary>
    /// <exception cref="RefusalException">The text cannot be taken apart.</exception>
    public async Task<IReadOnlyList<ArticleFinding>> CheckAsync(ArticleWork work, CancellationToken cancel)
    {
        var parts = ArticleText.Parts(work.Markdown);
        var text = ArticleText.Parse(work.Markdown);
        var ids = parts
            .Where(p => p.Kind == ArticlePartKind.Statement)
            .Select(p => long.Parse(p.Text, CultureInfo.InvariantCulture))
            .ToList();
        var shown = await statements.OfIdsAsync(ids, cancel);
        ArticleFinding[] found =
        [
            .. Form(work),
            .. ids.Except(shown.Select(s => s.Id))
                .Select(id => Stop(ArticleCheck.Quotes, "statement-unproven", $"{id}")),
            .. await PutInAsync(parts, text, cancel),
            .. await QuotedAsync(work, shown, text, cancel),
            .. await links.CheckAsync([.. LinksOf(text), .. SourcesOf(work)], cancel),
            .. await PicturesAsync(work, cancel),
            .. Charts(work),
            .. await PersonCheck.CheckAsync(database, text, work.Language, cancel),
        ];
        return
        [
            .. Enum.GetValues<ArticleCheck>()
                .SelectMany(check =>
                    found
                        .Where(f => f.Check == check)
                        .OrderByDescending(f => f.Verdict)
                        .DefaultIfEmpty(new ArticleFinding(check, Verdict.Pass))
                ),
        ];
    }

    private static IEnumerable<ArticleFinding> Form(ArticleWork work)
    {
        (bool Missing, string Why)[] needed =
        [
            (work.Title.Length == 0, "no-title"),
            (work.Markdown.Length == 0, "no-text"),
            (work.Author.Length == 0, "no-author"),
            (!ArticlePress.IsSlug(work.Slug), "no-address"),
        ];
        foreach (var (_, why) in needed.Where(n => n.Missing))
        {
            yield return Stop(ArticleCheck.Form, why, work.Slug);
        }
        foreach (var name in ArticleWork.Names(work.Tags).Where(n => !ArticleTags.IsTag(n)))
        {
            yield return Stop(ArticleCheck.Form, "tag-none", name);
        }
        if (work.Deck.Length == 0)
        {
            yield return new ArticleFinding(ArticleCheck.Form, Verdict.Warn, "no-deck");
        }
        if (work.Machine.Length > 0 && work.Reviewer.Length == 0)
        {
            yield return new ArticleFinding(ArticleCheck.Form, Verdict.Warn, "machine-unread");
        }
    }

    // What is to be put in is there; what looks like it and was not understood would stand in the text.
    private async Task<IEnumerable<ArticleFinding>> PutInAsync(
        IReadOnlyList<ArticlePart> parts,
        MarkdownDocument text,
        CancellationToken cancel
    )
    {
        var found = new List<ArticleFinding>();
        foreach (var part in parts)
        {
            var there =
                part.Kind == ArticlePartKind.Event
                    ? await events.FindAsync(part.Text, cancel) is not null
                        || await events.MovedToAsync(part.Text, cancel) is not null
                    : part.Kind != ArticlePartKind.Trend
                        || await database.FirstAsync<long>(
                            "select (select count(*) from topics where slug = @Text) + (select count(*) from entities where slug = @Text)",
                            part,
                            cancel
                        ) > 0;
            if (!there)
            {
                found.Add(Stop(ArticleCheck.Quotes, "insert-missing", part.Text));
            }
        }
        var understood = parts.Count(p =>
            p.Kind is ArticlePartKind.Event or ArticlePartKind.Statement or ArticlePartKind.Trend
        );
        var written = text.Descendants<LeafBlock>()
            .Where(b => b is not CodeBlock && b.Inline is not null)
            .Select(b => ArticleText.Plain(b.Inline!))
            .Where(w => w.Contains("{{", StringComparison.Ordinal))
            .ToList();
        return written.Count > understood
            ? found.Append(Stop(ArticleCheck.Quotes, "insert-unread", Excerpts.Shorten(written[^1], Told)))
            : found;
    }

    private async Task<IEnumerable<ArticleFinding>> QuotedAsync(
        ArticleWork work,
        IReadOnlyList<ShownStatement> shown,
        MarkdownDocument text,
        CancellationToken cancel
    )
    {
        var passages = QuotedPassages.Of(text);
        if (passages.Count == 0)
        {
            return [];
        }
        var reports = await ReportsAsync(work, shown, cancel);
        var found = new List<ArticleFinding>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var passage in passages)
        {
            var words = QuotedPassages.Plain(passage);
            if (reports.FirstOrDefault(r => r.Plain.Contains(words, StringComparison.Ordinal)) is { } report)
            {
                taken[report.SourceName] = taken.GetValueOrDefault(report.SourceName) + passage.Length;
            }
            else
            {
                var about = Excerpts.Shorten(passage, Told);
                found.Add(new ArticleFinding(ArticleCheck.Quotes, Verdict.Warn, "quote-unproven", about));
            }
        }
        found.AddRange(
            taken
                .Where(t => t.Value > Excerpts.MaxCharacters)
                .Select(t => Stop(ArticleCheck.Excerpts, "excerpt-long", $"{t.Key} ({t.Value})"))
        );
        return found;
    }

    private Task<IReadOnlyList<QuotedReport>> ReportsAsync(
        ArticleWork work,
        IReadOnlyList<ShownStatement> shown,
        CancellationToken cancel
    ) =>
        database.QueryAsync<QuotedReport>(
            """
            select src.name as source_name, v.title, v.text from reports r
            join sources src on src.id = r.source_id join report_versions v on v.report_id = r.id
            where r.id in @reports
               or r.id in (select er.report_id from event_reports er join events e on e.id = er.event_id where e.slug in @slugs)
            order by r.published_at limit 1000
            """,
            new
            {
                reports = shown.Select(s => s.Source.ReportId).Distinct().ToArray(),
                slugs = ArticleWork.List(work.Events),
            },
            cancel
        );

    private async Task<IEnumerable<ArticleFinding>> PicturesAsync(ArticleWork work, CancellationToken cancel)
    {
        var (leading, others) = await pictures.PicturesAsync(work.ArticleId, cancel);
        var stored = (leading is null ? others : [leading, .. others]).ToDictionary(p => p.File);
        var found = new List<ArticleFinding>();
        foreach (var (picture, alone) in ArticleText.Pictures(work.Markdown))
        {
            if (!alone || !stored.ContainsKey(picture.File))
            {
                found.Add(Stop(ArticleCheck.Pictures, alone ? "picture-missing" : "picture-inline", picture.File));
            }
            else if (picture.Alt.Length == 0)
            {
                found.Add(Stop(ArticleCheck.Pictures, "picture-alt", picture.File));
            }
        }
        var used = ArticleText.Pictures(work.Markdown).Select(p => p.Picture.File).Append(work.Lead);
        found.AddRange(
            used.Distinct(StringComparer.Ordinal)
                .Where(f => stored.TryGetValue(f, out var p) && (p.Credit.Length == 0 || p.Licence.Length == 0))
                .Select(f => Stop(ArticleCheck.Pictures, "picture-licence", f))
        );
        if (work.Lead.Length > 0 && !stored.ContainsKey(work.Lead))
        {
            found.Add(Stop(ArticleCheck.Pictures, "picture-missing", work.Lead));
        }
        return found;
    }

    private static IEnumerable<string> SourcesOf(ArticleWork work) =>
        ArticleText
            .Charts(work.Markdown)
            .Select(c => ChartText.Read(c.Written, out _)?.SourceAddress ?? "")
            .Where(a => a.Length > 0);

    private static IEnumerable<ArticleFinding> Charts(ArticleWork work)
    {
        foreach (var (written, alone) in ArticleText.Charts(work.Markdown))
        {
            if (!alone)
            {
                yield return Stop(ArticleCheck.Pictures, "insert-unread", ChartText.Name);
            }
            else if (ChartText.Read(written, out var fault) is not { } chart)
            {
                yield return fault is { Length: > 0 }
                    ? Stop(ArticleCheck.Pictures, "chart-line", Excerpts.Shorten(fault, Told))
                    : Stop(
                        ArticleCheck.Pictures,
                        "chart-bars",
                        Excerpts.Shorten(written.ReplaceLineEndings(" "), Told)
                    );
            }
            else if (!chart.Sourced)
            {
                yield return Stop(ArticleCheck.Pictures, "chart-source", chart.Title);
            }
        }
    }

    private static IEnumerable<string> LinksOf(MarkdownDocument text) =>
        text.Descendants<LinkInline>()
            .Where(l => !l.IsImage)
            .Select(l => l.Url ?? "")
            .Concat(text.Descendants<AutolinkInline>().Where(a => !a.IsEmail).Select(a => a.Url));

    private static ArticleFinding Stop(ArticleCheck check, string why, string about) =>
        new(check, Verdict.Stop, why, about);

    private sealed record QuotedReport
    {
        public required string SourceName { get; init; }
        public required string Title { get; init; }
        public required string Text { get; init; }

        internal string Plain => field ??= QuotedPassages.Plain($"{Title}\n{Text}");
    }
}
