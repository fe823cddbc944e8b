-- Deliver: what became of the mails of an edition that are not kept any more, and who left by it; counts alone, of nobody. what: 1 sent,
-- 2 failed, 3 doubtful, 4 came back, 5 called unwanted, 6 left.
create table edition_counts (
    edition_id bigint not null,
    what integer not null,
    number bigint not null,
    primary key (edition_id, what)
);

-- Edit: what a reader says is wrong with a page, and which one: 1 a quotation, 2 who said it, 3 what was brought together, 4 an article,
-- 5 other; null: the message is about no page, or its page is sealed with it. done_day: when the desk had dealt with it; null: not yet.
alter table tips add column fault integer;
alter table tips add column about text;
alter table tips add column done_day bigint;

-- Edit: what members wrote beside a tip.
create table tip_notes (
    id bigint primary key,
    tip_id bigint not null references tips (id),
    member_id bigint not null,
    member text not null,
    text text not null,
    at bigint not null
);
create index tip_notes_of_tip on tip_notes (tip_id);
