namespace CyberInsights.Extract.Feeds;

/// <summary>Why a document is not taken as a feed: a stable code for machines and one sentence for people.</summary>
/// <param name="Code"><c>feed.empty</c>, <c>feed.not_a_feed</c>, <c>feed.dtd_entity</c>, <c>feed.too_deep</c>, <c>feed.too_complex</c>, <c>feed.too_large</c> or <c>feed.malformed</c>.</param>
public sealed record FeedRefusal(string Code, string Sentence);

/// <summary>Leaves the readers from any depth; <see cref="FeedReader"/> turns it into a <see cref="FeedRefusal"/>.</summary>
internal sealed class FeedRefusedException(string code, string sentence) : Exception(sentence)
{
    public FeedRefusal Refusal { get; } = new(code, sentence);
}
