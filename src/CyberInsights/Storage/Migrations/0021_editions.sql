-- Deliver: what goes out together. frequency: 1 daily, 2 weekly. slot_at: the hour it was composed for by the clock; null: a person composed
-- it. state: 1 draft, 2 scheduled, 3 sending, 4 sent. since, until: what it tells. content: JSON of what was chosen, as it was read then;
-- items: how many events and articles of it are told.
-- texts: JSON of what a person wrote, by language. revision: grows with every edit. Nothing was ever in the old table.
drop table editions;
create table editions (
    id bigint primary key,
    slug text not null unique,
    frequency integer not null,
    slot_at bigint,
    state integer not null,
    since bigint not null,
    until bigint not null,
    send_at bigint,
    sent_at bigint,
    revision integer not null,
    content text not null,
    items integer not null,
    texts text not null,
    unique (frequency, slot_at)
);
create index editions_by_state on editions (state, send_at);

-- Deliver: up to when a subscriber has been told what changed; null: nothing yet.
alter table subscriptions add column told_until bigint;

-- Deliver: an edition reaches a subscriber by one mail. returned: 1 could not be delivered now, 2 not ever, 3 the reader complained.
alter table mails add column edition_id bigint;
alter table mails add column returned integer;
create unique index mails_of_edition on mails (edition_id, subscriber_id);
