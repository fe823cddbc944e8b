-- The title counts more than the body; 'simple' neither stems nor drops words, as FTS5's unicode61 does.
create table search (
    id bigint primary key,
    title text not null,
    body text not null,
    kind text not null,
    language text not null,
    at bigint not null,
    words tsvector generated always as (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
    ) stored
);
create index search_words on search using gin (words);
create index search_by_time on search (at);
