namespace CyberInsights.Publish.Checking;

/// <summary>What is looked at before an article goes out.</summary>
public enum ArticleCheck
{
    /// <summary>Title, text, author, address.</summary>
    Form,

    /// <summary>Quotations are proven.</summary>
    Quotes,

    /// <summary>Links lead somewhere.</summary>
    Links,

    /// <summary>Pictures say what they show, who made them and how they may be used.</summary>
    Pictures,

    /// <summary>Who names a person in an accusation says from where.</summary>
    Persons,

    /// <summary>No source is quoted at length.</summary>
    Excerpts,
}

public enum Verdict
{
    Pass,

    /// <summary>A person should look at it.</summary>
    Warn,

    /// <summary>It may not go out so.</summary>
    Stop,
}

/// <summary>What a check found.</summary>
/// <param name="Why">Names the sentence (<c>desk.finding.{why}</c>) that says it; empty where it passes.</param>
/// <param name="About">What stands in that sentence: a link, a name, the beginning of a quotation.</param>
public sealed record ArticleFinding(ArticleCheck Check, Verdict Verdict, string Why = "", string About = "");
