using System.Text.RegularExpressions;
using CyberInsights.Edit;

namespace CyberInsights.Server.Site.Forms;

/// <summary>What stands in the form to the desk, and what is wrong with it.</summary>
public sealed partial record TipForm(string Token)
{
    public string Message { get; init; } = "";
    public string Contact { get; init; } = "";

    /// <summary>The page that the reader objects to; empty: the message is about none.</summary>
    public string About { get; init; } = "";

    /// <summary>What the reader says is wrong with it.</summary>
    public Fault Fault { get; init; } = Fault.Other;

    /// <summary>Null: the message objects to no page.</summary>
    internal Objection? Objection => About.Length > 0 ? new Objection(Fault, About) : null;

    /// <summary>Keys of the sentences next to the fields; null: nothing is wrong.</summary>
    public string? MessageProblem { get; init; }
    public string? ContactProblem { get; init; }

    /// <summary>The key of a sentence about the whole form.</summary>
    public string? Trouble { get; init; }

    internal static TipForm Of(FormPost post, string token)
    {
        var (message, contact) = (post.Text("message"), post["contact"].Trim());
        return new TipForm(token)
        {
            Message = message,
            Contact = contact,
            About = OwnPath(post["about"]),
            Fault = FaultOf(post["fault"]),
            MessageProblem = FieldRule.Broken(FieldRule.Message, message),
            ContactProblem = FieldRule.Broken(FieldRule.Contact, contact),
        };
    }

    /// <summary>What is wrong, by the name in the form; what has another name is something else.</summary>
    private static Fault FaultOf(string name) =>
        Enum.GetValues<Fault>().FirstOrDefault(f => NameOf(f) == name, Fault.Other);

    internal static string NameOf(Fault fault) => fault.ToString().ToLowerInvariant();

    /// <summary>The key of the sentence for what is wrong.</summary>
    internal static string KeyOf(Fault fault) =>
        fault switch
        {
            Fault.Quotation => "tip.fault.quotation",
            Fault.Speaker => "tip.fault.speaker",
            Fault.Grouping => "tip.fault.grouping",
            Fault.Article => "tip.fault.article",
            _ => "tip.fault.other",
        };

    /// <summary>The address of a page of this site, as it was given; empty for anything else.</summary>
    internal static string OwnPath(string? about) =>
        about is { Length: <= TipText.MaxLine } && OwnPage.IsMatch(about) ? about : "";

    // One slash, never two: those begin the address of another host.
    [GeneratedRegex(@"\A(?:/[a-z0-9][a-z0-9-]*)+\z", RegexOptions.CultureInvariant, 500)]
    private static partial Regex OwnPage { get; }
}
