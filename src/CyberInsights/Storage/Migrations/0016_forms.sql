-- root (SiteKey): the secret of this site; made once, never shown. It signs the forms of pages and turns addresses into keys.
create table site_keys (
    id integer primary key,
    secret text not null
);

-- Deliver: what a subscriber by mail wants and how they came to get it. token: the hash of that in the confirmation mail.
create table subscriptions (
    subscriber_id bigint primary key references subscribers (id),
    frequency integer not null,
    consent text not null,
    asked_at bigint not null,
    confirmed_at bigint,
    token text,
    token_expires_at bigint
);
create index subscriptions_by_token on subscriptions (token);

-- Deliver: addresses that get no mail, as keyed hashes. reason: 1 left, 2 never wanted any.
create table suppressions (
    address_key text primary key,
    reason integer not null,
    at bigint not null
);

-- Deliver: how often a form was used within a window of time; the key is a keyed hash of an address or of a network.
create table form_uses (
    limit_key text primary key,
    since bigint not null,
    uses integer not null
);

-- Deliver: the outbox. A mailing goes to the subscribers who are in the state "audience"; each of them gets a mail of it.
create table mailings (
    id bigint primary key,
    audience integer not null,
    language text not null,
    sender text not null,
    subject text not null,
    text text not null,
    html text not null
);
create table mails (
    id bigint primary key,
    mailing_id bigint not null references mailings (id),
    subscriber_id bigint not null references subscribers (id),
    state integer not null,
    due_at bigint not null,
    attempts integer not null,
    last_error text,
    unique (mailing_id, subscriber_id)
);
create index mails_due on mails (state, due_at, id);
create index mails_of_subscriber on mails (subscriber_id);

-- Edit: messages from readers to the desk. The id is drawn by lot and the day is all that is kept of the time, so that no row can be held
-- against an access log. sealing: 1 as it came, 2 encrypted here, 3 encrypted in the reader's browser. Nothing was ever in the old table.
drop table tips;
create table tips (
    id bigint primary key,
    day bigint not null,
    sealing integer not null,
    body text not null
);
