-- Group
-- A story links events over months. looked_at before changed_at: a second look is due.
create table stories (
    id bigint primary key,
    first_told_at bigint not null,
    last_told_at bigint not null,
    reports integer not null,
    changed_at bigint not null,
    looked_at bigint not null,
    looked_reports integer not null default 0
);
create index stories_due on stories (changed_at) where changed_at > looked_at;
create index stories_by_time on stories (last_told_at);

-- merged_into: where the address of an event leads that has no report any more. roundup: about several things, not one happening.
alter table events add column story_id bigint;
alter table events add column merged_into bigint;
alter table events add column locked smallint not null default 0;
alter table events add column roundup smallint not null default 0;
update events set story_id = id;
insert into stories (id, first_told_at, last_told_at, reports, changed_at, looked_at)
select id, first_told_at, last_told_at, reports, last_told_at, last_told_at from events;
create index events_of_story on events (story_id);

-- pinned: a person said that the report belongs there.
alter table event_reports add column pinned smallint not null default 0;
create index event_reports_pinned on event_reports (report_id) where pinned = 1;

-- Every change of where reports stand after they were first placed, and who made it; nobody: the second look. operation: what was done at once.
create table event_moves (
    id bigint primary key,
    operation bigint not null,
    kind integer not null,
    report_id bigint,
    from_id bigint not null references events (id),
    to_id bigint not null references events (id),
    person text,
    why text not null,
    at bigint not null
);
create index moves_from on event_moves (from_id, id);
create index moves_to on event_moves (to_id, id);
create index moves_of_operation on event_moves (operation);
