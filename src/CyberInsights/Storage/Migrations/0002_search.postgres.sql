-- The title counts more than the body. The words are folded by Storage/SearchWords.cs, so that both engines find the same; 'simple' neither
-- stems nor drops any.
create table search (
    id bigint primary key,
    title text not null,
    body text not null,
    kind text not null,
    language text not null,
    at bigint not null,
    words tsvector not null
);
create index search_words on search using gin (words);
create index search_by_time on search (at);
