using Microsoft.AspNetCore.Identity;

namespace CyberInsights.Server.Accounts;

/// <summary>A row of <c>account_passkeys</c>.</summary>
internal sealed record PasskeyRow
{
    public required byte[] CredentialId { get; init; }
    public required long AccountId { get; init; }
    public required string Name { get; init; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; init; }

    /// <summary>With spaces between.</summary>
    public required string Transports { get; init; }
    public required bool UserVerified { get; init; }
    public required bool BackupEligible { get; init; }
    public required bool BackedUp { get; init; }
    public required byte[] AttestationObject { get; init; }
    public required byte[] ClientData { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal static PasskeyRow Of(long accountId, UserPasskeyInfo passkey) =>
        new()
        {
            CredentialId = passkey.CredentialId,
            AccountId = accountId,
            Name = passkey.Name ?? "",
            PublicKey = passkey.PublicKey,
            SignCount = passkey.SignCount,
            Transports = string.Join(' ', passkey.Transports ?? []),
            UserVerified = passkey.IsUserVerified,
            BackupEligible = passkey.IsBackupEligible,
            BackedUp = passkey.IsBackedUp,
            AttestationObject = passkey.AttestationObject,
            ClientData = passkey.ClientDataJson,
            CreatedAt = passkey.CreatedAt,
        };

    internal UserPasskeyInfo ToPasskey() =>
        new(
            CredentialId,
            PublicKey,
            CreatedAt,
            (uint)SignCount,
            Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            UserVerified,
            BackupEligible,
            BackedUp,
            AttestationObject,
            ClientData
        )
        {
            Name = Name,
        };
}

/// <summary>Which passkey of which account.</summary>
internal sealed record PasskeyKey(long AccountId, byte[] Credential);
