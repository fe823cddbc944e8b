using System.Globalization;
using CyberInsights.Deliver;
using CyberInsights.Deliver.Returns;
using CyberInsights.Net;

namespace CyberInsights.Server;

/// <summary>Reads the settings of the newsletter: how fast its mails go out and signed by whom, and how mails that come back are read.</summary>
internal sealed class NewsletterReader(IConfiguration section, List<string> problems)
{
    private const string Lines = "MailLines";
    private const string PerMinute = "MailPerMinute";
    private const string DkimKey = "DkimKey";
    private const string DkimSelector = "DkimSelector";
    private const string DkimDomain = "DkimDomain";
    private const string ReturnsAddress = "ReturnsAddress";
    private const string ReturnsHost = "ReturnsHost";
    private const string ReturnsPort = "ReturnsPort";
    private const string ReturnsSecurity = "ReturnsSecurity";
    private const string ReturnsUser = "ReturnsUser";
    private const string ReturnsPassword = "ReturnsPassword";
    private const string ReturnsSecret = "ReturnsSecret";

    // A token of 52 characters and a plus must fit into the 64 of a local part.
    private const int MaxReturnsLocal = 11;
    private const int MinSecret = 32;

    internal static IReadOnlyList<string> Names { get; } =
    [
        Lines,
        PerMinute,
        DkimKey,
        DkimSelector,
        DkimDomain,
        ReturnsAddress,
        ReturnsHost,
        ReturnsPort,
        ReturnsSecurity,
        ReturnsUser,
        ReturnsPassword,
        ReturnsSecret,
    ];

    /// <summary>The same mail settings with what is set here.</summary>
    internal MailSettings Complete(MailSettings mail) =>
        mail with
        {
            Lines = Number(Lines, 1, 20) ?? mail.Lines,
            PerMinute = Number(PerMinute, 1, 100_000),
            Dkim = Dkim(mail.From),
            Returns = Returns(),
        };

    private DkimSettings? Dkim(MailAddress from)
    {
        if (section[DkimKey] is not { Length: > 0 } file)
        {
            return null;
        }
        var domain = section[DkimDomain] is { Length: > 0 } written ? written : from.Text.Split('@')[1];
        if (section[DkimSelector] is not { Length: > 0 } selector || !IsHost(selector) || !IsHost(domain))
        {
            problems.Add(
                $"Insights__{DkimSelector} is '{section[DkimSelector]}' and the domain '{domain}'. Write both as they stand in the DNS, where {{selector}}._domainkey.{{domain}} holds the public key."
            );
            return null;
        }
        try
        {
            using var pem = new StreamReader(file);
            if (DkimSettings.Read(pem, domain, selector) is { } dkim)
            {
                return dkim;
            }
            problems.Add(
                $"Insights__{DkimKey} names '{file}', which holds no private key that mails can be signed with. Give a PEM file with a key of RSA (2,048 bits) or Ed25519."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                $"Insights__{DkimKey} names '{file}', which cannot be read. Correct the path, or let the program read it."
            );
        }
        return null;
    }

    private ReturnSettings Returns()
    {
        var address = section[ReturnsAddress] is { Length: > 0 } written ? MailAddress.Read(written) : null;
        if (
            section[ReturnsAddress] is { Length: > 0 } given
            && address?.Text.IndexOf('@', StringComparison.Ordinal) is not <= MaxReturnsLocal
        )
        {
            problems.Add(
                $"Insights__{ReturnsAddress} is '{given}'. Write a mail address with at most {MaxReturnsLocal} characters before the @, as returns@news.example."
            );
        }
        if (section[ReturnsSecret] is { Length: > 0 } secret && secret.Length < MinSecret)
        {
            problems.Add(
                $"Insights__{ReturnsSecret} is shorter than {MinSecret} characters, so that it could be guessed. Take a longer one, as of `openssl rand -hex 32`."
            );
        }
        return new ReturnSettings
        {
            Address = address,
            Mailbox = Mailbox(),
            Secret = FromEnvironment(ReturnsSecret) is { Length: >= MinSecret } known ? known : null,
        };
    }

    private MailServer? Mailbox()
    {
        if (section[ReturnsHost] is not { Length: > 0 } host)
        {
            return null;
        }
        var security = MailReader.SecurityOf(section, ReturnsSecurity, MailSecurity.Tls, problems);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || section[ReturnsUser] is not { Length: > 0 } user)
        {
            problems.Add(
                $"Insights__{ReturnsHost} is '{host}' and Insights__{ReturnsUser} '{section[ReturnsUser]}'. Give the host name of an IMAP server and the name to sign in there."
            );
            return null;
        }
        if (security == MailSecurity.None && !MailReader.IsOwnMachine(host))
        {
            problems.Add(
                $"Insights__{ReturnsSecurity} is none, so that anybody on the way could read Insights__{ReturnsPassword}. Write tls or starttls."
            );
        }
        return new MailServer
        {
            Host = host,
            Port = Number(ReturnsPort, 1, 65535) ?? (security == MailSecurity.Tls ? 993 : 143),
            Security = security,
            User = user,
            Password = FromEnvironment(ReturnsPassword),
        };
    }

    private string? FromEnvironment(string name)
    {
        if (section[name] is { Length: > 0 } && Environment.GetEnvironmentVariable($"Insights__{name}") is null)
        {
            problems.Add(
                $"Insights__{name} stands in a file, where others may read it. Take it out, and set it as an environment variable."
            );
        }
        return section[name];
    }

    private int? Number(string name, int least, int most)
    {
        if (section[name] is not { Length: > 0 } written)
        {
            return null;
        }
        if (
            int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        problems.Add(
            $"Insights__{name} is '{written}'. Write a whole number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}, or take it out."
        );
        return null;
    }

    private static bool IsHost(string name) => Uri.CheckHostName(name) == UriHostNameType.Dns;
}
