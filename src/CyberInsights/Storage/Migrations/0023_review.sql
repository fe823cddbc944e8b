-- Recognise: what had been found when a person took the statement up: stance, speaker and sentence, a line each; null: no person did. It is
-- how the finding is known again, and not put beside what the person made of it, when the report is recognised anew.
alter table statements add column found_as text;

-- Edit: what members said of statements. id: the entry of the audit log; operation: the first entry of what was done at once; was, became: JSON of
-- StatementCoding.cs; undone_by: the entry that took it back.
create table statement_reviews (
    id bigint primary key,
    operation bigint not null,
    statement_id bigint not null,
    report_id bigint not null,
    was text not null,
    became text not null,
    undone_by bigint
);
create index reviews_of_statement on statement_reviews (statement_id, id);
create index reviews_of_operation on statement_reviews (operation);

-- Edit: what members say of an event in place of what Publish makes of its reports; null: what Publish makes. summary: JSON of EventOverride.cs; language:
-- of the title; primary_address: the primary source that stands first.
create table event_overrides (
    event_id bigint primary key references events (id),
    title text,
    language text,
    state smallint,
    summary text,
    primary_address text
);

-- Edit: what members did to events, which the public change logs tell. id: the entry of the audit log; was, became: the override; operation: what
-- Group calls the same; undoes: the edit that this one takes back.
create table event_edits (
    id bigint primary key,
    event_id bigint not null,
    act smallint not null,
    was text not null,
    became text not null,
    operation bigint,
    why text not null,
    undoes bigint
);
create index edits_of_event on event_edits (event_id, id);

-- Edit: what members did with items of the inbox. key: what asks; mark: how it stood then: what stands otherwise now asks again; act: InboxAct.cs;
-- until: when it asks again anyway, null: never; operation: the first entry of the audit log of what was done at once.
create table inbox_marks (
    key text primary key,
    mark text not null,
    title text not null,
    act smallint not null,
    until bigint,
    operation bigint not null
);
create index inbox_marks_of_operation on inbox_marks (operation);
