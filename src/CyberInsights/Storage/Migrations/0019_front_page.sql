-- The order of the front page, so that no engine sorts all dossiers for its first eight.
drop index dossiers_by_rank;
create index dossiers_in_order on dossiers (rank, event_id);

-- Measure: what the day of capture added to the volume of a day, an origin counting for 40 at most: the volumes of the past in a row or two a day.
create table day_volumes (
    day bigint not null,
    seen_day bigint not null,
    tellings integer not null,
    primary key (day, seen_day)
);
insert into day_volumes (day, seen_day, tellings)
select day, seen_day, sum(kept - before) from (
    select day, seen_day, kept, lag(kept, 1, 0) over (partition by day, origin_id order by seen_day) as before from (
        select day, origin_id, seen_day, case when n > 40 then 40 else n end as kept from (
            select day, origin_id, seen_day, sum(tellings) over (partition by day, origin_id order by seen_day) as n from volumes) as s) as k) as d
group by day, seen_day;
