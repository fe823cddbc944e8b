-- Recognise: 1 a statement that readers see, 2 one that waits for the desk, 3 one that the desk rejected; when the desk decided, null: it
-- never did; and the language model that proposed it, null: our own rules found it.
alter table statements add column state smallint not null default 1;
alter table statements add column decided_at bigint;
alter table statements add column model text;
create index statements_by_state on statements (state, id) where state <> 1;

-- Recognise: what came of asking a language model about a report; one row a report, of its last version that was asked about. error: null
-- when it answered; dropped: proposals that the text does not prove.
create table model_readings (
    report_id bigint primary key references reports (id),
    version integer not null,
    model text not null,
    at bigint not null,
    tries integer not null,
    error text,
    proposed integer not null,
    dropped integer not null
);
create index model_readings_by_time on model_readings (at);

-- Recognise: a model's words for a headline (start 0) or a quotation of a report in another language; shown as a machine's, never quoted.
create table machine_translations (
    report_id bigint not null references reports (id),
    version integer not null,
    start integer not null,
    length integer not null,
    english text not null,
    model text not null,
    primary key (report_id, version, start, length)
);

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
