-- Edit: pictures as they are served, always encoded by us: WebP of some widths. hash: SHA-256 of the widest of them.
create table pictures (
    hash text not null,
    width integer not null,
    height integer not null,
    body bytea not null,
    primary key (hash, width)
);

-- Edit: the pictures of an article; file: what the article calls it. The one with ordinal 0 leads the article. width, height: of the widest.
create table article_pictures (
    article_id bigint not null references articles (id),
    ordinal integer not null,
    file text not null,
    hash text not null,
    width integer not null,
    height integer not null,
    alt text not null,
    caption text not null,
    credit text not null,
    licence text not null,
    licence_address text not null,
    primary key (article_id, ordinal)
);

-- Edit: an article in order. kind: 1 markup, 2 heading, 3 event (its slug), 4 statement (its id), 5 picture (its file).
create table article_parts (
    article_id bigint not null references articles (id),
    ordinal integer not null,
    kind integer not null,
    text text not null,
    primary key (article_id, ordinal)
);

-- Edit: what was put right in an article. kind: 1 correction, 2 clarification, 3 retraction.
create table article_corrections (
    article_id bigint not null references articles (id),
    ordinal integer not null,
    kind integer not null,
    at bigint not null,
    text text not null,
    primary key (article_id, ordinal)
);
create index article_corrections_by_time on article_corrections (at);

-- Edit: what a machine made of the article; empty: nothing. reviewer, reviewed_at: who of the desk read that, and when.
alter table articles add column machine text not null default '';
alter table articles add column reviewer text not null default '';
alter table articles add column reviewed_at bigint;
