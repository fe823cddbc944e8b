namespace CyberInsights.Storage.Searching;

/// <summary>A document as it is indexed: cut to what is indexed of it, with its terms and all its keys.</summary>
internal sealed class IndexedDocument(SearchDocument document)
{
    private const int MaxIndexedCharacters = 500_000;

    private IReadOnlyList<string>? titleTerms;
    private IReadOnlyList<string>? bodyTerms;

    internal long Id => document.Id;
    internal string Kind => document.Kind;
    internal string Language => document.Language;
    internal DateTimeOffset At => document.At;
    internal string Title => document.Title;

    internal string Body { get; } =
        document.Body.Length <= MaxIndexedCharacters ? document.Body : document.Body[..MaxIndexedCharacters];

    /// <summary>With one space between them.</summary>
    internal string Keys { get; } = string.Join(' ', SearchKeys.Of(document));

    internal IReadOnlyList<string> TitleTerms => titleTerms ??= SearchTerms.OfText(Title);

    internal IReadOnlyList<string> BodyTerms => bodyTerms ??= SearchTerms.OfText(Body);

    internal byte[] Packed() => DocumentTerms.Pack(TitleTerms, BodyTerms);
}

/// <summary>A row of <c>search_documents</c>.</summary>
internal sealed class StoredDocument
{
    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public string Language { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Keys { get; init; } = "";
    public string Title { get; init; } = "";
    public string Body { get; init; } = "";

    /// <summary>The same document, filed under its own keys and <paramref name="others"/>.</summary>
    internal SearchDocument With(IEnumerable<string> others) =>
        Document([.. KeyList().Where(SearchKeys.IsOwn), .. others]);

    internal SearchDocument Document() => Document([.. KeyList()]);

    private IEnumerable<string> KeyList() => Keys.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private SearchDocument Document(IReadOnlyList<string> keys) =>
        new()
        {
            Id = Id,
            Kind = Kind,
            Language = Language,
            At = At,
            Keys = keys,
            Title = Title,
            Body = Body,
        };
}
