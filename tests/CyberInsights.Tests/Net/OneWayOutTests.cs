using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CyberInsights.Tests.Net;

/// <summary>Reads the compiled programs: nobody but <c>Net/</c> names a type that opens a connection or looks up a name.</summary>
public sealed class OneWayOutTests
{
    private static readonly string[] WaysOut =
    [
        "MailKit.Net.Smtp.SmtpClient",
        "System.Net.Dns",
        "System.Net.HttpListener",
        "System.Net.WebClient",
        "System.Net.WebRequest",
        "System.Net.HttpWebRequest",
        "System.Net.Http.HttpClient",
        "System.Net.Http.HttpClientHandler",
        "System.Net.Http.HttpMessageInvoker",
        "System.Net.Http.IHttpClientFactory",
        "System.Net.Http.SocketsHttpHandler",
        "System.Net.Mail.SmtpClient",
        "System.Net.NetworkInformation.Ping",
        "System.Net.Quic.QuicConnection",
        "System.Net.Security.SslStream",
        "System.Net.Sockets.NetworkStream",
        "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.TcpListener",
        "System.Net.Sockets.UdpClient",
        "System.Net.WebSockets.ClientWebSocket",
    ];

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    [Theory]
    [InlineData("CyberInsights.dll")]
    [InlineData("insights.dll")]
    public void Only_Net_opens_connections(string program)
    {
        var users = Users(program).Where(u => !u.User.StartsWith("CyberInsights.Net.", StringComparison.Ordinal));

        Assert.Empty(users.Select(u => $"{u.User} uses {u.Way}"));
    }

    [Fact]
    public void The_scan_sees_the_connections_that_Net_opens()
    {
        var ways = Users("CyberInsights.dll").Select(u => u.Way).ToHashSet();

        Assert.Contains("System.Net.Http.SocketsHttpHandler", ways);
        Assert.Contains("System.Net.Sockets.Socket", ways);
        Assert.Contains("System.Net.Dns", ways);
    }

    private static IReadOnlyList<(string User, string Way)> Users(string program)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, program)));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from typeHandle in metadata.TypeDefinitions
            let type = metadata.GetTypeDefinition(typeHandle)
            let user = FullName(metadata, typeHandle)
            from methodHandle in type.GetMethods()
            let body = metadata.GetMethodDefinition(methodHandle).RelativeVirtualAddress
            where body != 0
            from token in Tokens(file.GetMethodBody(body).GetILBytes()!)
            let way = Named(metadata, token)
            where way is not null && WaysOut.Contains(way)
            select (user, way),
        ];
    }

    /// <summary>The references to members and types in a method's code.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var i = 0; i < code.Length; )
        {
            var isLong = code[i] == 0xfe;
            var op = Codes[isLong ? (short)(0xfe00 | code[i + 1]) : code[i]];
            i += isLong ? 2 : 1;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, i);
            }
            i += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static string? Named(MetadataReader metadata, int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
        {
            handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        }
        if (handle.Kind == HandleKind.MemberReference)
        {
            handle = metadata.GetMemberReference((MemberReferenceHandle)handle).Parent;
        }
        if (handle.Kind != HandleKind.TypeReference)
        {
            return null;
        }
        var type = metadata.GetTypeReference((TypeReferenceHandle)handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static string FullName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var outer = type.GetDeclaringType();
        return outer.IsNil
            ? $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"
            : $"{FullName(metadata, outer)}+{metadata.GetString(type.Name)}";
    }
}
