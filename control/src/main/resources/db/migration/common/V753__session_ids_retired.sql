-- Ids that sessions had before they took another. session: under what it was stored. shown: the session, as the list names it.
-- seen_by: hash of address and browser that took the new id
create table retired_session_id (
  session varchar(64) not null primary key,
  person varchar(40) not null references person (id),
  shown varchar(40) not null,
  seen_by varchar(64) not null,
  retired_at bigint not null
);
create index retired_session_id_age on retired_session_id (retired_at);
