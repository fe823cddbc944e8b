-- Recognise: 1 a statement that readers see, 2 one that waits for the desk, 3 one that the desk rejected; when the desk decided, null: it
-- never did; and the language model that proposed it, null: our own rules found it.
alter table statements add column state smallint not null default 1;
alter table statements add column decided_at bigint;
alter table statements add column model text;
create index statements_by_state on statements (state, id) where state <> 1;

-- All that pages, feeds and counts are made of: whoever publishes reads this and not the table.
create view shown_statements as select * from statements where state = 1;

-- Publish: within one event, the statement from_id replies to the accusation to_id. No foreign keys: a report that is recognised anew
-- replaces its statements first, and its event's replies a moment later.
create table replies (
    event_id bigint not null references events (id),
    from_id bigint not null,
    to_id bigint not null,
    reason smallint not null,
    primary key (event_id, from_id)
);
