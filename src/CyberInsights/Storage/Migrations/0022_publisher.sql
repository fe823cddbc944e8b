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
