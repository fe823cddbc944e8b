-- Edit: free words under which published articles are found, in the order of the desk. slug: by it spellings that differ in case or accents are one.
create table article_tags (
    article_id bigint not null references articles (id),
    ordinal integer not null,
    slug text not null,
    name text not null,
    primary key (article_id, slug)
);
create index article_tags_by_slug on article_tags (slug, article_id);

-- Edit: the tags of the text that the desk works on, and of its revisions; a line each.
alter table article_work add column tags text not null default '';
alter table article_saves add column tags text not null default '';
