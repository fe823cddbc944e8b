-- Recognise: what a report tells of its happening (Fact.cs); "least" and "most" are numbers, of a date UTC milliseconds.
create table facts (
    report_id bigint not null references reports (id),
    version integer not null,
    ordinal integer not null,
    kind integer not null,
    value text not null,
    role text,
    entity_id bigint references entities (id),
    named_by text,
    unit text,
    least double precision,
    most double precision,
    approximate smallint not null,
    start integer not null,
    length integer not null,
    text_hash text not null,
    confidence double precision not null,
    reason text not null,
    primary key (report_id, ordinal)
);
create index facts_of_entity on facts (entity_id, report_id);

-- Recognise: when a statement was said, and where its sentence tells the day.
alter table statements add column said_at bigint;
alter table statements add column said_start integer;
alter table statements add column said_length integer;

-- Recognise: that a state stands behind an actor, as a claim of a namer; "code" is ISO 3166-1 alpha-2.
create table entity_sponsors (
    entity_id bigint not null references entities (id),
    code text not null,
    namer text not null,
    primary key (entity_id, code, namer)
);

-- Recognise: addresses, hashes, weaknesses and scores that a report gives (IndicatorFinder.cs), each once, where it stands first.
create table indicators (
    report_id bigint not null references reports (id),
    ordinal integer not null,
    kind integer not null,
    value text not null,
    start integer not null,
    length integer not null,
    primary key (report_id, ordinal)
);
