-- Who accused whom, told by the index alone.
drop index charges;
create index charges on statements (id, target_id, speaker_id, speaker_country, stance)
    where stance in (1, 2) and target_id is not null and state = 1;

-- Who took which stance in the reports of an event, without the statements themselves.
create index stances_of_report on statements (report_id, stance, speaker) where state = 1;
