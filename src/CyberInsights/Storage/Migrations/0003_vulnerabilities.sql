-- Extract: what a source says of a vulnerability; "document" is the tracking id of an advisory, empty for a catalogue or a CVE record.
create table vulnerabilities (
    cve text not null,
    source_id bigint not null references sources (id),
    document text not null,
    address text not null,
    snapshot_id bigint not null references snapshots (id),
    state integer not null,
    title text,
    description text,
    vendor text,
    product text,
    affected text,
    cwes text,
    published_at bigint,
    modified_at bigint,
    listed_at bigint,
    delisted_at bigint,
    due_at bigint,
    ransomware smallint,
    required_action text,
    ssvc text,
    primary key (cve, source_id, document)
);
create index vulnerabilities_of_source on vulnerabilities (source_id);

create table vulnerability_scores (
    cve text not null,
    source_id bigint not null,
    document text not null,
    ordinal integer not null,
    version text not null,
    vector text not null,
    base double precision not null,
    severity text,
    scorer text not null,
    primary key (cve, source_id, document, ordinal)
);

-- Extract: the advisories a list of them has named; "listed" is the list's word on the last change, "version" of what was read.
create table advisories (
    id bigint primary key,
    source_id bigint not null references sources (id),
    address text not null,
    listed text not null,
    tracking_id text,
    version text,
    unique (source_id, address)
);
