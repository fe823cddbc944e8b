-- Measure: which origin (the source whose text it is) told of a subject on a day (UTC), by its first report that did. "at" is the moment of
-- that report, never later than "seen_at", when it was captured. No foreign keys: what was counted stays when a report goes.
create table tellings (
    subject_id bigint not null,
    day bigint not null,
    origin_id bigint not null,
    report_id bigint not null,
    at bigint not null,
    seen_at bigint not null,
    primary key (subject_id, day, origin_id)
);
create index tellings_by_time on tellings (at, subject_id, origin_id, seen_at);

-- Measure: how many origins told of a subject on a day, and how often an origin told of anything, by the day of capture (UTC).
drop table counts;
create table counts (
    subject_id bigint not null,
    day bigint not null,
    seen_day bigint not null,
    reports integer not null,
    primary key (subject_id, day, seen_day)
);
-- With the counted number in it, so that the past of a subject is read from the index alone.
create index counts_of_subject on counts (subject_id, day, seen_day, reports);
create table volumes (
    day bigint not null,
    origin_id bigint not null,
    seen_day bigint not null,
    tellings integer not null,
    primary key (day, origin_id, seen_day)
);
create index volumes_by_day on volumes (day, origin_id, seen_day, tellings);

-- Measure: when the count of a subject went over the level, with what was seen at that moment; only the end is written later. part_of: the
-- burst it belongs to, of a subject whose reports it shares or its own of the week before.
create table bursts (
    id bigint primary key,
    subject_id bigint not null,
    began_at bigint not null,
    ended_at bigint,
    reports integer not null,
    expected double precision not null,
    surprise double precision not null,
    q double precision not null,
    part_of bigint references bursts (id)
);
create index bursts_of_subject on bursts (subject_id, began_at);
create index bursts_by_time on bursts (began_at);
create index bursts_open on bursts (subject_id) where ended_at is null;

-- What was counted before is counted anew: stage 5 is Measure.
insert into work (stage, item, turn, since, due_at, failures)
select 5, report_id, 1, 0, 0, 0 from (select distinct report_id from counted) as c where true
on conflict (stage, item) do update set turn = work.turn + 1, due_at = 0, failures = 0;
delete from counted;
