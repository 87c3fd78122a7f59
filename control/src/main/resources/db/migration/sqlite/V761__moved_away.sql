-- One row once all that is here went to a PostgreSQL: which one (host:port/name), and when. Nobody starts on this file then.
create table moved_away (
  place varchar(500) not null primary key,
  at bigint not null
);
