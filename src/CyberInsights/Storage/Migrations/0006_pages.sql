-- Extract: reports whose own page showed a wall (Extract/Pages/PageWall.cs) in place of the article, so that they keep their feed's
-- words; a report whose text came goes out.
create table page_walls (
    report_id bigint primary key references reports (id),
    source_id bigint not null,
    kind integer not null,
    sign text not null,
    at bigint not null
);
create index page_walls_by_time on page_walls (source_id, at);

-- Extract: 1 for a version that came of reading a stored snapshot anew by better rules, not of anything the source did.
alter table report_versions add column read_anew smallint not null default 0;
