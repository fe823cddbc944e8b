-- Publish: when the event was last told, so that the newest events of a topic or entity are the end of an index, however many there are.
alter table event_topics add column last_told_at bigint not null default 0;
alter table event_entities add column last_told_at bigint not null default 0;
update event_topics set last_told_at = coalesce((select d.last_told_at from dossiers d where d.event_id = event_topics.event_id), 0);
update event_entities set last_told_at = coalesce((select d.last_told_at from dossiers d where d.event_id = event_entities.event_id), 0);
drop index events_of_topic;
drop index events_of_entity;
create index newest_of_topic on event_topics (topic_id, last_told_at, event_id);
create index newest_of_entity on event_entities (entity_id, last_told_at, event_id);

-- Extract, Recognise: the newest reports of a source; entities of a kind in the order of their addresses.
create index reports_of_source on reports (source_id, published_at);
create index entities_of_kind on entities (kind, slug);

-- Recognise: accusations and assessments of somebody, the newest of which the map is made of.
create index charges on statements (id) where stance in (1, 2) and target_id is not null and state = 1;
