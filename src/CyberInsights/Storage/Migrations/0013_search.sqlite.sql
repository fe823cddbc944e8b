-- Texts, and beside them the index: the words of title and body as Searching/SearchTerms.cs cuts them, and the keys of SearchKeys.cs. Ranking
-- reads "terms" (Searching/DocumentTerms.cs). The long columns stand last, so that what is read of every match is together.
create table search_documents (
    id integer primary key,
    kind text not null,
    language text not null,
    at bigint not null,
    keys text not null,
    terms blob not null,
    title text not null,
    body text not null
);
insert into search_documents (id, kind, language, at, keys, terms, title, body)
select rowid, kind, language, at, '', x'', title, body from search;
drop table search;

-- Words come folded: nothing is left for the tokenizer to do but to part them. U+E000 (category Co) parts title and body.
create virtual table search using fts5 (
    words, keys, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);

-- What was understood of the documents that are there; the other keys are added when they are indexed anew (Searching/IndexBuilder.cs).
update search_documents set keys = coalesce((
    select string_agg(k.key, ' ') from (
        select 's' || r.source_id as key from reports r where r.id = search_documents.id
        union select (case e.kind when 1 then 'c' when 2 then 'a' else 'v' end) || e.id
        from mentions m join entities e on e.id = m.entity_id where m.report_id = search_documents.id and e.kind in (1, 2, 4)
        union select 't' || s.stance from shown_statements s where s.report_id = search_documents.id) as k), '')
where kind = 'report';
update search_documents set keys = coalesce((
    select string_agg(k.key, ' ') from (
        select 's' || r.source_id as key from event_reports g join reports r on r.id = g.report_id
        where g.event_id = search_documents.id
        union select (case e.kind when 1 then 'c' when 2 then 'a' else 'v' end) || e.id
        from event_entities n join entities e on e.id = n.entity_id where n.event_id = search_documents.id and e.kind in (1, 2, 4)
        union select 't' || s.stance from event_reports g join shown_statements s on s.report_id = g.report_id
        where g.event_id = search_documents.id) as k), '')
where kind = 'event';

-- Entities were not indexed before. EntityStore.cs says what is written of them; an id holds its moment (Storage/Ids.cs).
insert into search_documents (id, kind, language, at, keys, terms, title, body)
select e.id, 'entity', '', e.id / 4096, case e.kind when 1 then 'c' || e.id when 2 then 'a' || e.id when 4 then 'v' || e.id else '' end, x'', e.name,
       coalesce(e.description || ' ', '') || coalesce((select string_agg(n.name, ' ') from entity_names n where n.entity_id = e.id), '')
from entities e;

-- Which edition of terms (Searching/SearchTerms.cs) the index is of, and how far it is built anew.
create table search_state (edition integer not null, done_to bigint not null);
insert into search_state (edition, done_to) values (0, 0);
