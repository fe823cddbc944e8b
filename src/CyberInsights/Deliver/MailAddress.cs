using System.Text.RegularExpressions;

namespace CyberInsights.Deliver;

/// <summary>
/// A mail address that can be written to: the dot-atom form of RFC 5321 and 5322 in ASCII, to a named host, within the lengths of RFC 5321,
/// section 4.5.3.1. Quoted local parts, address literals and letters beyond ASCII (SMTPUTF8) are left out on purpose.
/// </summary>
public sealed partial record MailAddress
{
    /// <summary>What must match, each in the common words of .NET's and JavaScript's expressions: the browser judges by the same ones.</summary>
    public const string OnlyAscii = @"^[\x00-\x7f]*$";
    public const string OnlyOne = "^[^,;]*$";
    public const string HasAt = "@";
    public const string HasBeforeAt = "^[^@]";
    public const string HasAfterAt = "[^@]$";
    public const string Form =
        "^(?=.{1,254}$)(?=[^@]{1,64}@)(?!-)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:[.][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+(?=[0-9-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$";

    // Mailboxes of a function (RFC 2142): many people read them, none of whom signed up.
    private static readonly HashSet<string> Functions =
    [
        "abuse",
        "admin",
        "hostmaster",
        "info",
        "noc",
        "postmaster",
        "root",
        "sales",
        "security",
        "support",
        "webmaster",
    ];

    private MailAddress(string text) => Text = text;

    /// <summary>As it is written to: the host in lower case, the part before the @ as the reader wrote it.</summary>
    public string Text { get; }

    /// <summary>The mailbox behind it, for limits: in lower case, without what follows a plus.</summary>
    internal string Mailbox
    {
        get
        {
            var (local, host) = Parts(Text.ToLowerInvariant());
            return $"{(local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? local[..plus] : local)}@{host}";
        }
    }

    /// <summary>Whether it is the address of a function, such as postmaster.</summary>
    internal bool IsFunction => Functions.Contains(Parts(Mailbox).Local);

    /// <summary>The same mailbox with a detail after a plus (RFC 5233): <c>returns+detail@news.example</c>.</summary>
    internal string WithDetail(string detail)
    {
        var (local, host) = Parts(Text);
        return $"{local}+{detail}@{host}";
    }

    /// <summary>The address in <paramref name="text"/>, apart from white space around it; null when it is none.</summary>
    public static MailAddress? Read(string text)
    {
        var address = text.Trim();
        if (!Whole.IsMatch(address))
        {
            return null;
        }
        var (local, host) = Parts(address);
        return new MailAddress($"{local}@{host.ToLowerInvariant()}");
    }

    private static (string Local, string Host) Parts(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return (address[..at], address[(at + 1)..]);
    }

    [GeneratedRegex(Form, RegexOptions.CultureInvariant, 500)]
    private static partial Regex Whole { get; }
}
