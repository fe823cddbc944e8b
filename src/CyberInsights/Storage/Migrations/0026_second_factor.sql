-- Accounts: the time step of the last one-time code that was taken (RFC 6238); it and those before are worth nothing.
alter table accounts add column code_step bigint not null default 0;
