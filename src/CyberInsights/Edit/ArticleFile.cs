using YamlDotNet.Core;

namespace CyberInsights.Edit;

/// <summary>An article as a file: front matter in YAML between lines of three dashes, then Markdown.</summary>
public sealed record ArticleFile
{
    private const int MaxCharacters = 500_000;

    public required string Slug { get; init; }
    public required string Title { get; init; }
    public string Deck { get; init; } = "";
    public required string Author { get; init; }
    public string Language { get; init; } = "en";
    public required DateTimeOffset Published { get; init; }

    /// <summary>The newest revision at the desk that its writer knew of; null: none.</summary>
    public int? Revision { get; init; }

    /// <summary>Names or slugs of topics; others are ignored.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Words and phrases that the events it is about are found by.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Names of tags, cleaned; at most <see cref="ArticleTag.Most"/>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The one that leads first, then those of the text in order.</summary>
    public IReadOnlyList<ArticlePicture> Pictures { get; init; } = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>What a machine made of it, in the language of the article; empty: nothing.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Who of the desk read what the machine made; empty: nobody yet.</summary>
    public string Reviewer { get; init; } = "";
    public DateTimeOffset? ReviewedAt { get; init; }
    public required string Markdown { get; init; }

    /// <exception cref="RefusalException">The file cannot be used; the sentence names it and what is missing.</exception>
    public static ArticleFile Parse(string name, string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw Refuse(name, $"is longer than {MaxCharacters:N0} characters. Split it");
        }
        var lines = text.ReplaceLineEndings("\n");
        var end = lines.StartsWith("---\n", StringComparison.Ordinal)
            ? lines.IndexOf("\n---\n", 3, StringComparison.Ordinal)
            : -1;
        if (end < 0)
        {
            throw Refuse(
                name,
                "has no front matter. Begin it with a line of three dashes, then title, author and published, then three dashes again"
            );
        }
        var front = Read(name, lines[4..(end + 1)]);
        var published = MomentOf(name, Needed(name, "published", front.Published));
        var markdown = lines[(end + 5)..].Trim();
        CheckCharts(name, markdown);
        return new ArticleFile
        {
            Slug = Checked(name, front.Slug ?? Path.GetFileNameWithoutExtension(name)),
            Title = Needed(name, "title", front.Title),
            Deck = front.Deck?.Trim() ?? "",
            Author = Needed(name, "author", front.Author),
            Language = front.Language ?? "en",
            Published = published,
            Revision = front.Revision,
            Topics = front.Topics ?? [],
            Events = front.Events ?? [],
            Tags = TagsOf(name, front.Tags ?? []),
            Pictures = [.. PicturesOf(name, front, markdown)],
            Corrections = [.. CorrectionsOf(name, front).OrderByDescending(c => c.At)],
            Machine = front.Machine is { } machine ? Needed(name, "machine: what", machine.What) : "",
            Reviewer = front.Machine?.Reviewer?.Trim() ?? "",
            ReviewedAt = front.Machine?.Reviewed is { } reviewed ? MomentOf(name, reviewed) : null,
            Markdown = markdown,
        };
    }

    private static void CheckCharts(string name, string markdown)
    {
        foreach (var (written, _) in ArticleText.Charts(markdown))
        {
            var chart = ChartText.Read(written, out var fault);
            if (chart is null)
            {
                throw Refuse(
                    name,
                    fault is { Length: > 0 }
                        ? $"has a chart with the line '{fault}'. Write title:, unit: or source:, or a label and a number, as in 2024: 12.5"
                        : $"has a chart without a title, or not 1 to {Chart.MaxBars} bars. Give it both"
                );
            }
            if (!chart.Sourced)
            {
                throw Refuse(
                    name,
                    $"has the chart '{chart.Title}', which names no source. Write source: and who counted"
                );
            }
        }
    }

    private static string[] TagsOf(string name, IEnumerable<string> written)
    {
        var tags = ArticleWork.Names(ArticleTags.Lines(written));
        return tags.Length > ArticleTag.Most
                ? throw Refuse(
                    name,
                    $"has {tags.Length} tags, more than the {ArticleTag.Most} there may be. Leave some out"
                )
            : tags.FirstOrDefault(t => !ArticleTags.IsTag(t)) is { } none
                ? throw Refuse(
                    name,
                    $"has the tag '{none}'. Write {ArticleTag.MinLength} to {ArticleTag.MaxLength} characters with a letter or digit among them"
                )
            : tags;
    }

    private static IEnumerable<ArticlePicture> PicturesOf(string name, FrontMatter front, string markdown)
    {
        if (front.Picture is { } leading)
        {
            yield return Checked(
                name,
                Credited(
                    name,
                    new ArticlePicture
                    {
                        File = leading.File?.Trim() ?? "",
                        Alt = leading.Alt?.Trim() ?? "",
                        Caption = leading.Caption?.Trim() ?? "",
                        Leads = true,
                    },
                    leading
                )
            );
        }
        foreach (var (picture, alone) in ArticleText.Pictures(markdown))
        {
            if (!alone)
            {
                throw Refuse(name, $"has the picture '{picture.File}' within a line. Give it a paragraph of its own");
            }
            yield return Checked(
                name,
                Credited(name, picture, front.Pictures?.Find(p => p.File?.Trim() == picture.File))
            );
        }
    }

    private static ArticlePicture Credited(string name, ArticlePicture picture, FrontMatter.WrittenPicture? written)
    {
        var address = written?.LicenceUrl?.Trim() ?? "";
        return
            address.Length == 0
            || Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? picture with
            {
                Credit = written?.Credit?.Trim() ?? "",
                Licence = written?.Licence?.Trim() ?? "",
                LicenceAddress = address,
            }
            : throw Refuse(name, $"has the licence-url '{address}'. Write an address that begins with https://");
    }

    private static ArticlePicture Checked(string name, ArticlePicture picture) =>
        picture.File.Length is 0 or > 200
        || picture.File.Contains('/')
        || picture.File.Contains('\\')
        || picture.File[0] == '.'
            ? throw Refuse(
                name,
                $"has a picture '{picture.File}'. Name a file in the folder of the article, without a path"
            )
        : picture.Alt.Length == 0
            ? throw Refuse(
                name,
                $"does not say what the picture '{picture.File}' shows. Write it for those who cannot see it: alt in the front matter, the square brackets in the text"
            )
        : picture;

    private static IEnumerable<Correction> CorrectionsOf(string name, FrontMatter front) =>
        (front.Corrections ?? []).Select(c => new Correction
        {
            At = MomentOf(name, Needed(name, "date of a correction", c.Date)),
            Kind = c.Kind?.Trim() switch
            {
                null or "correction" => CorrectionKind.Correction,
                "clarification" => CorrectionKind.Clarification,
                "retraction" => CorrectionKind.Retraction,
                var other => throw Refuse(
                    name,
                    $"has a correction of the kind '{other}'. Write correction, clarification or retraction"
                ),
            },
            Text = Needed(name, "text of a correction", c.Text),
        });

    private static FrontMatter Read(string name, string yaml)
    {
        try
        {
            return FrontMatter.Read(yaml);
        }
        catch (YamlException e)
        {
            throw Refuse(name, $"has front matter that is not YAML (line {e.Start.Line + 1}: {e.Message})", e);
        }
    }

    private static DateTimeOffset MomentOf(string name, string written) =>
        DateTimeOffset.TryParse(
            written,
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : throw Refuse(name, $"has a date that cannot be read, '{written}'. Write it as 2025-05-28T20:15:00Z");

    private static string Checked(string name, string slug) =>
        slug.Length is > 0 and <= 100 && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? slug
            : throw Refuse(name, $"has the slug '{slug}'. Use small letters a to z, digits and dashes, 100 at most");

    private static string Needed(string name, string field, string? value) =>
        string.IsNullOrWhiteSpace(value)
            ? throw Refuse(name, $"has no {field} in its front matter. Add it")
            : value.Trim();

    private static RefusalException Refuse(string name, string what, Exception? cause = null) =>
        new(RefusalKind.BadInput, $"The article {name} {what}; it was not imported.", cause);
}
