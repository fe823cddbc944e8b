-- Edit: who did what at the desk, when and why. Rows are only added: the triggers refuse anything else. member_id 0: the program itself.
-- subject: what it was done to, by kind, key and the title it had then; detail: what changed, as JSON; undoes: the row that this one takes back.
create table audit (
    id bigint primary key,
    at bigint not null,
    member_id bigint not null,
    member text not null,
    action text not null,
    subject_kind text not null,
    subject_key text not null,
    subject_title text not null,
    reason text not null,
    detail text not null,
    undoes bigint references audit (id)
);
create index audit_by_member on audit (member_id, id);
create index audit_by_subject on audit (subject_kind, subject_key, id);

create trigger audit_keeps_rows before delete on audit begin
    select raise(abort, 'the audit log is only added to');
end;
create trigger audit_keeps_words before update on audit begin
    select raise(abort, 'the audit log is only added to');
end;

-- Accounts: who may come to the desk. email_key: the address as it is compared. role: 1 reader, 2 contributor, 3 editor, 4 administrator.
-- password: a PHC string, empty: none; stamp: changes with everything that ends all sessions. authenticator_key: encrypted, empty: none.
-- failures, locked_until: of second factors only, since whoever comes that far knew the password.
create table accounts (
    id bigint primary key,
    email text not null,
    email_key text not null unique,
    name text not null,
    role integer not null,
    language text not null,
    password text not null,
    stamp text not null,
    two_factor integer not null,
    authenticator_key text not null,
    failures integer not null,
    locked_until bigint,
    created_at bigint not null,
    disabled_at bigint
);

-- Accounts: WebAuthn credentials.
create table account_passkeys (
    credential_id bytea primary key,
    account_id bigint not null references accounts (id),
    name text not null,
    public_key bytea not null,
    sign_count bigint not null,
    transports text not null,
    user_verified integer not null,
    backup_eligible integer not null,
    backed_up integer not null,
    attestation_object bytea not null,
    client_data bytea not null,
    created_at bigint not null
);
create index account_passkeys_by_account on account_passkeys (account_id);

-- Accounts: accounts elsewhere that sign in here (OpenID Connect: issuer and subject).
create table account_logins (
    provider text not null,
    provider_key text not null,
    account_id bigint not null references accounts (id),
    name text not null,
    primary key (provider, provider_key)
);

-- Accounts: recovery codes, keyed hashes; a used one is gone.
create table account_recovery_codes (
    account_id bigint not null references accounts (id),
    hash text not null,
    primary key (account_id, hash)
);

-- Accounts: who is signed in. hash: SHA-256 of the cookie; stamp: that of the account, or the session is over; method: how they proved who they are.
create table account_sessions (
    id bigint primary key,
    hash text not null unique,
    account_id bigint not null references accounts (id),
    stamp text not null,
    method text not null,
    network text not null,
    agent text not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);
create index account_sessions_by_account on account_sessions (account_id);

-- Accounts: links that work once. hash: SHA-256 of the code; kind: 1 first administrator, 2 invitation, 3 recovery (of account_id).
create table account_invitations (
    hash text primary key,
    kind integer not null,
    email text not null,
    role integer not null,
    account_id bigint references accounts (id),
    invited_by bigint references accounts (id),
    created_at bigint not null,
    expires_at bigint not null
);

-- Accounts: the keys of data protection, which sign and encrypt what forms and cookies carry.
create table protection_keys (
    name text primary key,
    xml text not null
);
