-- Deliver: a mail goes to a subscriber, or to an address of its own; such a mailing has the audience 0. token: SHA-256 of the code that the
-- mail carries, made anew when it is sent.
create table addressed_mails (
    id bigint primary key,
    mailing_id bigint not null references mailings (id),
    subscriber_id bigint references subscribers (id),
    address text,
    token text,
    edition_id bigint,
    state integer not null,
    due_at bigint not null,
    attempts integer not null,
    last_error text,
    returned integer,
    unique (mailing_id, subscriber_id)
);
insert into addressed_mails (id, mailing_id, subscriber_id, edition_id, state, due_at, attempts, last_error, returned)
select id, mailing_id, subscriber_id, edition_id, state, due_at, attempts, last_error, returned from mails;
drop table mails;
alter table addressed_mails rename to mails;
create index mails_due on mails (state, due_at, id);
create index mails_of_subscriber on mails (subscriber_id);
create unique index mails_of_edition on mails (edition_id, subscriber_id);
create index mails_by_token on mails (token);

-- Accounts: the mail that brings an invitation; its token is a code of the invitation, too. Null: a link was handed on.
alter table account_invitations add column mail_id bigint;
