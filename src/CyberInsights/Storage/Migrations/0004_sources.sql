-- Capture: what a source is sorted under; folders of an OPML file become labels.
create table source_labels (
    source_id bigint not null references sources (id),
    label text not null,
    primary key (source_id, label)
);

-- Extract: items that rules or relevance kept from becoming reports, with the reason; the newest of each source.
create table left_out (
    source_id bigint not null references sources (id),
    identity text not null,
    item_hash text not null,
    title text not null,
    address text not null,
    reason text not null,
    at bigint not null,
    primary key (source_id, identity)
);
create index left_out_by_time on left_out (source_id, at);
