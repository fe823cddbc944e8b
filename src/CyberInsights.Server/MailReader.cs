using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Net;

namespace CyberInsights.Server;

/// <summary>Reads the settings of outgoing mail: a server and a sender together, or neither.</summary>
internal static class MailReader
{
    private const string Host = "MailHost";
    private const string Port = "MailPort";
    private const string Security = "MailSecurity";
    private const string User = "MailUser";
    private const string Password = "MailPassword";
    private const string From = "MailFrom";
    private const string ReplyTo = "MailReplyTo";

    internal static IReadOnlyList<string> Names { get; } =
    [Host, Port, Security, User, Password, From, ReplyTo, .. NewsletterReader.Names];

    internal static MailSettings? Read(IConfiguration section, List<string> problems)
    {
        var before = problems.Count;
        if (section[Password] is { Length: > 0 } && Environment.GetEnvironmentVariable($"Insights__{Password}") is null)
        {
            problems.Add(
                $"Insights__{Password} stands in a file, where others may read it. Take it out, and set it as an environment variable."
            );
        }
        if (section[Host] is not { Length: > 0 } host)
        {
            return null;
        }
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            problems.Add($"Insights__{Host} is '{host}', which is no host name. Write it as mail.example.org.");
        }
        var (security, port) = (
            SecurityOf(section, Security, MailSecurity.StartTls, problems),
            PortOf(section, problems)
        );
        var from = AddressOf(section, From, problems);
        var reply = section[ReplyTo] is { Length: > 0 } ? AddressOf(section, ReplyTo, problems) : null;
        if (security == MailSecurity.None && section[User] is { Length: > 0 } && !IsOwnMachine(host))
        {
            problems.Add(
                $"Insights__{Security} is none, so that anybody on the way could read Insights__{Password}. Write starttls or tls, or take Insights__{User} out."
            );
        }
        if (problems.Count > before)
        {
            return null;
        }
        var mail = new MailSettings
        {
            Server = new MailServer
            {
                Host = host,
                Port = port,
                Security = security,
                User = section[User] is { Length: > 0 } user ? user : null,
                Password = section[Password],
            },
            From = from!,
            ReplyTo = reply,
        };
        return new NewsletterReader(section, problems).Complete(mail);
    }

    internal static bool IsOwnMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";

    internal static MailSecurity SecurityOf(
        IConfiguration section,
        string name,
        MailSecurity usual,
        List<string> problems
    )
    {
        switch (section[name])
        {
            case null or "":
                return usual;
            case "starttls":
                return MailSecurity.StartTls;
            case "tls":
                return MailSecurity.Tls;
            case "none":
                return MailSecurity.None;
            default:
                problems.Add($"Insights__{name} is '{section[name]}'. Write starttls, tls or none.");
                return usual;
        }
    }

    private static int PortOf(IConfiguration section, List<string> problems)
    {
        if (section[Port] is not { Length: > 0 } written)
        {
            return section[Security] == "tls" ? 465 : 587;
        }
        if (ushort.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
        {
            return port;
        }
        problems.Add($"Insights__{Port} is '{written}'. Write a whole number from 1 to 65535, or take it out.");
        return 0;
    }

    private static MailAddress? AddressOf(IConfiguration section, string name, List<string> problems)
    {
        var address = MailAddress.Read(section[name] ?? "");
        if (address is null)
        {
            problems.Add(
                $"Insights__{name} is '{section[name]}', which is no mail address. Write it as news@example.org, or take Insights__{Host} out."
            );
        }
        return address;
    }
}
