-- Capture: who owns the publisher, by name; sources of one owner are one voice. Null: nobody but itself.
alter table sources add column owner text;
create index sources_of_owner on sources (owner) where owner is not null;

-- Extract: where the body of a report's current version links to, outside its own site; canonical addresses, at most 64 a report.
create table report_links (
    report_id bigint not null references reports (id),
    address text not null,
    primary key (report_id, address)
);
create index links_by_address on report_links (address);

-- Publish: what each report of an event rests on (Independence.cs): origin_id is the first report of its origin, "named" the agency,
-- owner or outlet that the reason speaks of. No foreign keys: events and their reports change first, this a moment later.
create table report_origins (
    event_id bigint not null,
    report_id bigint not null,
    origin_id bigint not null,
    reason smallint not null,
    named text,
    primary key (event_id, report_id)
);

-- Publish: pages that reports of an event link to and that are the things themselves (PrimaryLink.cs); report_id: the report that the
-- page is, null: it is not captured.
create table primary_sources (
    event_id bigint not null,
    address text not null,
    kind smallint not null,
    report_id bigint,
    linked_by bigint not null,
    primary key (event_id, address)
);
create index primary_of_report on primary_sources (report_id) where report_id is not null;

-- Publish: the numbers that a source gave of an event when it was published last, to tell which it revises; "around" are the
-- words they stood among.
create table told_numbers (
    event_id bigint not null,
    source_id bigint not null,
    counted text not null,
    unit text not null,
    noun text not null,
    value text not null,
    report_id bigint not null,
    around text not null,
    primary key (event_id, source_id, counted, unit, noun)
);

-- Publish: what the change log tells already is looked up by what it tells of.
create index changes_of_report on dossier_changes (report_id, kind);
create index changes_of_statement on dossier_changes (statement_id) where statement_id is not null;

-- Publish: "why" is JSON of RankReason.cs from here on; sentences of before are not shown.
update dossiers set why = '';
