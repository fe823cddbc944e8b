using System.Security.Cryptography;
using System.Text;
using CyberInsights.Server.Settings;

namespace CyberInsights.Server.Accounts;

/// <summary>
/// A key in a file beside the database, by which the keys that stand in it are sealed (AES-256-GCM): a copy of the database alone forges no
/// form and reads no secret of an app. The file is made when it is missing, readable for its owner alone. One that cannot be used stops nothing: what
/// is sealed until the next start is worth nothing after it, and the log says so. Thread safe.
/// </summary>
internal sealed partial class KeyFile
{
    private const int KeyBytes = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly ILogger log;
    private readonly byte[]? key;

    public KeyFile(CurrentSettings current, ILogger<KeyFile> log)
    {
        (Path, this.log) = (current.Now.KeyFile, log);
        if (Path is null)
        {
            LogOpen();
            return;
        }
        key = Read(Path) ?? RandomNumberGenerator.GetBytes(KeyBytes);
    }

    /// <summary>Null: the operator set none, and nothing is sealed.</summary>
    internal string? Path { get; }

    /// <param name="name">What it is stored under: sealed text opens under this name alone.</param>
    /// <returns>The text itself where there is no key.</returns>
    internal string Seal(string name, string text)
    {
        if (key is null)
        {
            return text;
        }
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(
            nonce,
            plain,
            whole.AsSpan(NonceBytes + TagBytes),
            whole.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(name)
        );
        return Convert.ToBase64String(whole);
    }

    /// <summary>The text that was sealed under <paramref name="name"/>; null when this key did not seal it.</summary>
    internal string? Open(string name, string text)
    {
        try
        {
            var whole = Convert.FromBase64String(text);
            var plain = new byte[whole.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key!, TagBytes);
            cipher.Decrypt(
                whole.AsSpan(0, NonceBytes),
                whole.AsSpan(NonceBytes + TagBytes),
                whole.AsSpan(NonceBytes, TagBytes),
                plain,
                Encoding.UTF8.GetBytes(name)
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e)
            when (e is FormatException or CryptographicException or OverflowException or ArgumentNullException)
        {
            return null;
        }
    }

    private byte[]? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != 0)
            {
                LogReadable(path);
            }
            var bytes = Convert.FromBase64String(File.ReadAllText(path).Trim());
            if (bytes.Length == KeyBytes)
            {
                return bytes;
            }
            LogNoKey(path);
        }
        catch (FormatException)
        {
            LogNoKey(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnusable(path, e.Message);
        }
        return null;
    }

    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        file.Flush(flushToDisk: true);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "No Insights__KeyFile is set: the keys that sign forms and cookies stand in the database as they are, and whoever reads a backup could forge forms. Name a file outside the database; it is made at the next start."
    )]
    private partial void LogOpen();

    [LoggerMessage(
        LogLevel.Warning,
        "Everybody on this machine can read the key file {Path}: what it seals is not safe from them. Take that right away (chmod 600)."
    )]
    private partial void LogReadable(string path);

    [LoggerMessage(
        LogLevel.Error,
        "The key file {Path} does not hold 32 bytes in base64: it was left as it is, and open forms are worth nothing after each start. Put the right file back, or move it away, so that another is made."
    )]
    private partial void LogNoKey(string path);

    [LoggerMessage(
        LogLevel.Error,
        "The key file {Path} cannot be read or made ({Reason}): open forms are worth nothing after each start. Let the program read and write there, or set Insights__KeyFile to another place."
    )]
    private partial void LogUnusable(string path, string reason);
}
