-- Times are UTC milliseconds, ids are time-ordered (Storage/Ids.cs), booleans are 0 and 1. The folder that writes a table is named above it.

-- Work.cs: what a stage has still to do; written in the transaction of what caused it.
create table work (
    stage integer not null,
    item bigint not null,
    turn bigint not null,
    since bigint not null,
    due_at bigint not null,
    failures integer not null,
    last_error text,
    primary key (stage, item)
);
create index work_due on work (stage, due_at, item);

-- Capture
create table sources (
    id bigint primary key,
    key text not null unique,
    name text not null,
    address text not null,
    home text,
    kind integer not null,
    language text,
    country text,
    ownership text,
    interest text,
    reliability integer not null,
    full_text smallint not null,
    watch_edits smallint not null default 1,
    rule text,
    state integer not null,
    relevance integer not null default 1,
    include_rules text,
    exclude_rules text,
    due_at bigint not null,
    lease_until bigint not null,
    fence bigint not null,
    etag text,
    last_modified text,
    last_hash text,
    failures integer not null,
    last_error text,
    last_attempt_at bigint,
    last_success_at bigint,
    moved_to text,
    moved_times integer not null default 0,
    gone_at bigint,
    created_at bigint not null
);
create index sources_due on sources (state, due_at);

create table snapshots (
    id bigint primary key,
    source_id bigint not null references sources (id),
    address text not null,
    page_of bigint,
    fetched_at bigint not null,
    status integer not null,
    content_type text,
    hash text not null,
    length bigint not null,
    body bytea not null
);
create index snapshots_of_source on snapshots (source_id, fetched_at);
create index snapshots_of_page on snapshots (page_of) where page_of is not null;

-- id: the report whose page it is (then page_of is the same), or a number of its own for a part of the source's document.
-- waiting: the report goes on when it comes; 0 for a later look. looked_from: from when the looks are counted; null: none.
create table page_fetches (
    id bigint primary key,
    source_id bigint not null,
    page_of bigint,
    address text not null,
    waiting smallint not null,
    looked_from bigint,
    etag text,
    last_modified text,
    last_hash text,
    due_at bigint not null,
    lease_until bigint not null,
    failures integer not null,
    last_error text
);
create index page_fetches_due on page_fetches (due_at);

create table pushes (
    source_id bigint primary key references sources (id),
    hub text not null,
    topic text not null,
    token text not null unique,
    secret text not null,
    state integer not null,
    failures integer not null,
    lease_until bigint not null,
    due_at bigint not null,
    last_error text
);
create index pushes_due on pushes (due_at);

-- Extract
-- What a source's own items tell about its habits: JSON of Rhythm.cs.
create table rhythms (
    source_id bigint primary key references sources (id),
    learned text not null,
    hub text,
    topic text
);

create table readings (
    snapshot_id bigint primary key references snapshots (id),
    source_id bigint not null,
    items integer not null,
    fresh integer not null,
    changed integer not null,
    warnings text,
    at bigint not null
);
create index readings_of_source on readings (source_id, snapshot_id);

create table reports (
    id bigint primary key,
    source_id bigint not null references sources (id),
    address text not null,
    address_hash text not null,
    same_text text,
    same_item text,
    version integer not null,
    title text not null,
    language text not null,
    published_at bigint not null,
    first_seen_at bigint not null,
    changed_at bigint not null,
    withdrawn_at bigint
);
create index reports_by_address on reports (address_hash);
create index reports_by_text on reports (same_text);
create index reports_by_item on reports (same_item);
create index reports_by_time on reports (published_at);

-- edit: what the source did (SourceEdit.cs), with the passage before and after; null when it did nothing.
create table report_versions (
    report_id bigint not null references reports (id),
    number integer not null,
    snapshot_id bigint not null references snapshots (id),
    basis integer not null,
    title text not null,
    text text not null,
    html text,
    author text,
    image text,
    published_raw text,
    published_precision integer not null,
    text_hash text not null,
    edit integer,
    was text,
    became text,
    created_at bigint not null,
    primary key (report_id, number)
);

create index edits_by_time on report_versions (created_at) where edit is not null;

create table report_places (
    source_id bigint not null references sources (id),
    identity text not null,
    report_id bigint not null references reports (id),
    address text not null,
    item_hash text not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    primary key (source_id, identity)
);
create index places_of_report on report_places (report_id);

-- Which reports repeat another source's text; sketches of the last two weeks to find them by.
create table copies (
    report_id bigint primary key references reports (id),
    original_id bigint not null references reports (id),
    resemblance double precision not null
);
create index copies_of_report on copies (original_id);

create table sketches (
    report_id bigint primary key references reports (id),
    sketch bytea not null
);

create table sketch_keys (
    key bigint not null,
    report_id bigint not null,
    primary key (key, report_id)
);

-- Recognise
create table entities (
    id bigint primary key,
    kind integer not null,
    key text not null unique,
    slug text not null unique,
    name text not null,
    code text,
    description text
);

create table entity_names (
    entity_id bigint not null references entities (id),
    name text not null,
    namer text not null,
    primary key (entity_id, name, namer)
);

create table mentions (
    report_id bigint not null references reports (id),
    entity_id bigint not null references entities (id),
    count integer not null,
    first_start integer not null,
    first_end integer not null,
    in_title smallint not null,
    primary key (report_id, entity_id)
);
create index mentions_of_entity on mentions (entity_id, report_id);

create table entity_links (
    report_id bigint not null references reports (id),
    from_id bigint not null references entities (id),
    to_id bigint not null references entities (id),
    kind integer not null,
    start integer not null,
    length integer not null,
    primary key (report_id, from_id, to_id, kind)
);

create index links_from on entity_links (from_id);
create index links_to on entity_links (to_id);

create table statements (
    id bigint primary key,
    report_id bigint not null references reports (id),
    version integer not null,
    ordinal integer not null,
    speaker_id bigint references entities (id),
    speaker text not null,
    speaker_role text,
    speaker_country text,
    stance integer not null,
    target_id bigint references entities (id),
    target text,
    sentence_start integer not null,
    sentence_length integer not null,
    quote_start integer,
    quote_length integer,
    text_hash text not null,
    confidence double precision not null,
    unique (report_id, ordinal)
);
create index statements_of_speaker on statements (speaker_id, id);
create index statements_of_target on statements (target_id, id);

create table topics (
    id bigint primary key,
    slug text not null unique,
    name text not null,
    position integer not null
);

create table report_topics (
    report_id bigint not null references reports (id),
    topic_id bigint not null references topics (id),
    weight double precision not null,
    why text not null,
    primary key (report_id, topic_id)
);
create index reports_of_topic on report_topics (topic_id, report_id);

-- Group
create table events (
    id bigint primary key,
    slug text not null unique,
    first_told_at bigint not null,
    last_told_at bigint not null,
    reports integer not null
);
create index events_by_time on events (last_told_at);

create table event_reports (
    report_id bigint primary key references reports (id),
    event_id bigint not null references events (id),
    likeness double precision not null,
    why text not null,
    added_at bigint not null
);
create index reports_of_event on event_reports (event_id, report_id);

-- Measure
create table counted (
    report_id bigint not null,
    subject_id bigint not null,
    primary key (report_id, subject_id)
);

create table counts (
    subject_id bigint not null,
    scale integer not null,
    slot bigint not null,
    reports integer not null,
    primary key (subject_id, scale, slot)
);
create index counts_by_slot on counts (scale, slot);

-- Edit
create table articles (
    id bigint primary key,
    slug text not null unique,
    title text not null,
    deck text not null,
    author text not null,
    language text not null,
    markdown text not null,
    html text not null,
    state integer not null,
    publish_at bigint not null,
    revision integer not null,
    changed_at bigint not null
);
create index articles_by_time on articles (state, publish_at);

create table article_revisions (
    article_id bigint not null references articles (id),
    number integer not null,
    title text not null,
    deck text not null,
    markdown text not null,
    at bigint not null,
    primary key (article_id, number)
);

create table article_events (
    article_id bigint not null references articles (id),
    event_id bigint not null references events (id),
    primary key (article_id, event_id)
);

create table article_topics (
    article_id bigint not null references articles (id),
    topic_id bigint not null references topics (id),
    primary key (article_id, topic_id)
);

-- Publish
create table dossiers (
    event_id bigint primary key references events (id),
    title text not null,
    title_report_id bigint not null,
    language text not null,
    state integer not null,
    summary text not null,
    image text,
    outlets integer not null,
    independent integer not null,
    statements integer not null,
    rank double precision not null,
    why text not null,
    first_told_at bigint not null,
    last_told_at bigint not null,
    changed_at bigint not null
);
create index dossiers_by_rank on dossiers (rank);
create index dossiers_by_time on dossiers (last_told_at);

create table event_topics (
    event_id bigint not null references events (id),
    topic_id bigint not null references topics (id),
    primary key (event_id, topic_id)
);
create index events_of_topic on event_topics (topic_id, event_id);

create table event_entities (
    event_id bigint not null references events (id),
    entity_id bigint not null references entities (id),
    reports integer not null,
    primary key (event_id, entity_id)
);
create index events_of_entity on event_entities (entity_id, event_id);

create table dossier_changes (
    id bigint primary key,
    event_id bigint not null references events (id),
    kind integer not null,
    text text not null,
    report_id bigint,
    statement_id bigint,
    at bigint not null
);
create index changes_of_event on dossier_changes (event_id, id);
create index changes_by_kind on dossier_changes (kind, id);

-- Deliver
create table subscribers (
    id bigint primary key,
    channel integer not null,
    address text not null,
    language text not null,
    secret text not null,
    state integer not null,
    created_at bigint not null,
    unique (channel, address)
);

create table watches (
    id bigint primary key,
    subscriber_id bigint not null references subscribers (id),
    subject integer not null,
    subject_id bigint not null,
    unique (subscriber_id, subject, subject_id)
);
create index watches_of_subject on watches (subject, subject_id);

create table editions (
    id bigint primary key,
    slug text not null unique,
    title text not null,
    language text not null,
    items text not null,
    at bigint not null
);

create table deliveries (
    id bigint primary key,
    subscriber_id bigint not null references subscribers (id),
    change_id bigint not null,
    state integer not null,
    due_at bigint not null,
    attempts integer not null,
    last_error text,
    sent_at bigint,
    unique (subscriber_id, change_id)
);
create index deliveries_due on deliveries (state, due_at);

create table tips (
    id bigint primary key,
    text text not null,
    contact text,
    at bigint not null
);
