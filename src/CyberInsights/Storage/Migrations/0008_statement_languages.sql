-- Recognise: BCP 47 primary tag of what a statement quotes, which may be another than its report's. Older rows take that of their report.
alter table statements add column language text not null default 'und';
update statements set language = coalesce((select r.language from reports r where r.id = statements.report_id), 'und');
