namespace CyberInsights.Server.Site.Forms;

/// <summary>What stands in the form of the newsletter, and what is wrong with it.</summary>
public sealed record SignUpForm(string Token)
{
    public string Address { get; init; } = "";
    public Frequency Frequency { get; init; } = Frequency.Daily;

    /// <summary>BCP 47, of the mails; null: that of the page.</summary>
    public string? Language { get; init; }

    /// <summary>Slugs of topics; empty: everything.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>The key of the sentence next to the address; null: nothing is wrong with it.</summary>
    public string? Problem { get; init; }

    /// <summary>The key of a sentence about the whole form.</summary>
    public string? Trouble { get; init; }

    internal static SignUpForm Of(FormPost post, string token) =>
        new(token)
        {
            Address = post["address"],
            Frequency = post["frequency"] == "weekly" ? Frequency.Weekly : Frequency.Daily,
            Language = Site.Language.All.FirstOrDefault(l => l.Code == post["language"])?.Code,
            Topics = post.All("topic"),
        };

    /// <summary>The wish it holds; names of topics that there are not are left out.</summary>
    internal Subscription Wanted(Site.Language page, IReadOnlyList<Topic> topics) =>
        new()
        {
            Frequency = Frequency,
            Language = Language ?? page.Code,
            TopicIds = [.. topics.Where(t => Topics.Contains(t.Slug)).Select(t => t.Id)],
        };
}
