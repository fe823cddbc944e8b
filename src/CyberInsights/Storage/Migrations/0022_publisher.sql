-- Extract: where the record of a source says that more is told of a vulnerability. tags: words with commas, as CVE JSON 5 has them.
create table vulnerability_references (
    cve text not null,
    source_id bigint not null,
    document text not null,
    ordinal integer not null,
    address text not null,
    tags text not null,
    primary key (cve, source_id, document, ordinal)
);

-- Deliver: what was asked of our hub (W3C WebSub) and is not confirmed yet. host: of the callback; secret: empty when none was given.
create table hub_intents (
    id bigint primary key,
    subscribes smallint not null,
    topic text not null,
    callback text not null,
    host text not null,
    secret text not null,
    lease_seconds integer not null,
    due_at bigint not null,
    attempts integer not null,
    unique (topic, callback)
);
create index hub_intents_due on hub_intents (due_at);

-- Deliver: who is sent a feed when it changes. told: hash of what was sent last; due_at: null while there is nothing to send.
create table hub_subscriptions (
    id bigint primary key,
    topic text not null,
    callback text not null,
    host text not null,
    secret text not null,
    lease_until bigint not null,
    told text not null,
    due_at bigint,
    attempts integer not null,
    last_error text,
    unique (topic, callback)
);
create index hub_subscriptions_due on hub_subscriptions (due_at);
create index hub_subscriptions_of_host on hub_subscriptions (host);

-- Deliver: the key that signs what the site sends to accounts that follow it (ActivityPub): one row, made at first use.
create table federation_keys (
    id integer primary key,
    private_key text not null,
    created_at bigint not null
);

-- Deliver: accounts elsewhere that follow the site. shared_inbox: that of their server, or their own where it has none.
create table followers (
    actor text primary key,
    host text not null,
    inbox text not null,
    shared_inbox text not null,
    since bigint not null
);
create index followers_of_host on followers (host);

-- Deliver: what accounts that follow were told of. post: articles/7, events/12; version: what was told of it last.
create table posts (
    post text primary key,
    version text not null,
    created_at bigint not null,
    gone smallint not null
);
create index posts_by_time on posts (created_at);

-- Deliver: messages to followers, and each on its way to one inbox.
create table activities (
    id bigint primary key,
    body text not null
);
create table activity_deliveries (
    id bigint primary key,
    activity_id bigint not null references activities (id),
    inbox text not null,
    due_at bigint not null,
    attempts integer not null
);
create index activity_deliveries_due on activity_deliveries (due_at);
create index deliveries_of_activity on activity_deliveries (activity_id);

-- Deliver: hashes of signatures that were taken, for as long as their dates are, so that none counts twice.
create table seen_signatures (
    hash text primary key,
    at bigint not null
);
