-- Edit: the text that the desk works on; what readers see stays in articles until it is published. version: grows with every save, so that a
-- save from an older page is noticed. topics, events: slugs between spaces. lead: the file of the picture above the text. zone: the IANA name
-- of the time zone that times were given in. embargo_at: nothing goes out before. approved_version: which version somebody let go.
create table article_work (
    article_id bigint primary key references articles (id),
    version integer not null,
    slug text not null,
    title text not null,
    deck text not null,
    author text not null,
    language text not null,
    topics text not null,
    events text not null,
    lead text not null,
    machine text not null,
    reviewer text not null,
    reviewed_at bigint,
    markdown text not null,
    zone text not null,
    embargo_at bigint,
    begun_by bigint not null,
    changed_by bigint not null,
    changed_name text not null,
    changed_at bigint not null,
    approved_version integer,
    approved_by bigint,
    approved_name text
);

-- Edit: what that text was before. aside: 1 where somebody else had saved meanwhile, so that it never became the text.
create table article_saves (
    article_id bigint not null references articles (id),
    number integer not null,
    title text not null,
    deck text not null,
    markdown text not null,
    member_id bigint not null,
    member text not null,
    at bigint not null,
    aside smallint not null,
    primary key (article_id, number)
);

-- Edit: addresses that an article had; they lead to the one it has now, for ever.
create table article_slugs (
    slug text primary key,
    article_id bigint not null references articles (id)
);

-- Edit: links by which somebody without an account reads a draft. Kept as they are: whoever reads this table reads the drafts too.
create table article_previews (
    code text primary key,
    article_id bigint not null references articles (id),
    member text not null,
    at bigint not null
);
create index article_previews_by_article on article_previews (article_id);

-- Edit: why an article was taken off the site, for readers; empty: it was not.
alter table articles add column withdrawn text not null default '';
