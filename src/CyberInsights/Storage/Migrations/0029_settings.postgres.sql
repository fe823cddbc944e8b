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

create function setting_changes_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the history of the settings is only added to';
end
$$;
create trigger setting_changes_keeps_rows before update or delete on setting_changes for each row execute function setting_changes_is_only_added_to();
create trigger setting_changes_keeps_all before truncate on setting_changes for each statement execute function setting_changes_is_only_added_to();

-- Edit: one row, the version of the newest change; whoever changes settings raises it from the one they saw.
create table setting_version (
    version bigint primary key
);
insert into setting_version (version) values (0);
