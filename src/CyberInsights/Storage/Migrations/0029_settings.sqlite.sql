-- Edit: what the desk changed about the site. Rows are only added: the triggers refuse anything else. The newest row of a name holds.
-- version: the same for all that was changed at once; before, after: as the setting is written, empty: what holds without the desk.
create table setting_changes (
    id bigint primary key,
    version bigint not null,
    at bigint not null,
    member_id bigint not null,
    member text not null,
    name text not null,
    before text not null,
    after text not null,
    reason text not null,
    undoes bigint references setting_changes (id),
    unique (name, version)
);

create trigger setting_changes_keeps_rows before delete on setting_changes begin
    select raise(abort, 'the history of the settings is only added to');
end;
create trigger setting_changes_keeps_words before update on setting_changes begin
    select raise(abort, 'the history of the settings is only added to');
end;

-- Edit: one row, the version of the newest change; whoever changes settings raises it from the one they saw.
create table setting_version (
    version bigint primary key
);
insert into setting_version (version) values (0);
