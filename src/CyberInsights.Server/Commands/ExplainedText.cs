using CyberInsights.Extract;
using CyberInsights.Extract.Pages;
using CyberInsights.Recognise;
using CyberInsights.Recognise.Proposing;

namespace CyberInsights.Server.Commands;

/// <summary>A text that <c>explain</c> was given, with what was understood in it.</summary>
internal sealed record ExplainedText
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Where title and text begin in the file as it was given, in UTF-16 units; null for a page, of which only its article is read.</summary>
    public (int Title, int Text)? Places { get; init; }
    public required Recognition Read { get; init; }

    /// <summary>What the language model proposed; null when none is set.</summary>
    public ProposedReading? Proposed { get; init; }

    /// <summary>The rule of what it proposed: "language model NAME"; null when none is set.</summary>
    public string? Model { get; init; }

    /// <summary>Ours, then those that the model proposed and the text proves.</summary>
    public IEnumerable<StatementDraft> Statements => Read.Statements.Concat(Proposed?.Proven?.Statements ?? []);

    /// <summary>What the offsets of the recognition count in.</summary>
    public string Whole => $"{Title}\n{Text}";

    /// <param name="language">BCP 47; null: as the document declares, or as it reads.</param>
    /// <param name="told">When it was published; null: as a page says.</param>
    internal static ExplainedText Of(Document document, string? language, DateTimeOffset? told)
    {
        var decoded = CyberInsights.Text.Decoder.Decode(document.Body, document.ContentType);
        if (decoded.TrimStart().StartsWith('<'))
        {
            var page = PageReader.Read(document.Body, document.ContentType, document.Address);
            return Of(
                document.Name,
                page.Title ?? "",
                page.Text,
                language,
                page.Language,
                null,
                told ?? page.Published
            );
        }
        var start = decoded.Length - decoded.AsSpan().TrimStart().Length;
        var whole = decoded.Trim();
        var lines = whole.Split('\n', 2);
        var text = lines.Length > 1 ? lines[1].TrimStart() : "";
        var places = (start, start + whole.Length - text.Length);
        return Of(document.Name, lines[0].TrimEnd(), text, language, null, places, told);
    }

    internal async Task<ExplainedText> AskAsync(LanguageModel model, CancellationToken cancel) =>
        this with
        {
            Model = ProvenProposals.RuleOf(model.Settings.Name),
            Proposed = await Proposer.ReadAsync(model, Title, Text, Language, Read, cancel),
        };

    /// <summary>An offset of the recognition as an offset in the file that was given; as it is for a page.</summary>
    internal int Place(int offset) =>
        Places is not { } places ? offset
        : offset <= Title.Length ? places.Title + offset
        : places.Text + offset - Title.Length - 1;

    private static ExplainedText Of(
        string name,
        string title,
        string text,
        string? language,
        string? declared,
        (int, int)? places,
        DateTimeOffset? told
    )
    {
        var spoken = language ?? LanguageOf.Guess($"{title}\n{text}", declared);
        return new ExplainedText
        {
            Name = name,
            Title = title,
            Text = text,
            Language = spoken,
            Places = places,
            Read = Recogniser.Read(title, text, spoken, told),
        };
    }
}
