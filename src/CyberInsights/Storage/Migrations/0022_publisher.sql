-- Extract: where the record of a source says that more is told of a vulnerability. tags: words with commas, as CVE JSON 5 has them.
create table vulnerability_references (
    cve text not null,
    source_id bigint not null,
    document text not null,
    ordinal integer not null,
    address text not null,
    tags text not null,
    primary key (cve, source_id, document, ordinal)
);
