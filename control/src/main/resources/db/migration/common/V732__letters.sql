-- Mail that is to be sent. subject: id of what it is about. sealed: what its text tells, JSON; forgotten once it is sent.
-- state: waiting, sent, failed
create table letter (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  subject varchar(60) not null,
  kind varchar(40) not null,
  recipient varchar(320) not null,
  language varchar(8) not null,
  sealed bytea,
  state varchar(20) not null,
  attempts int not null,
  next_at bigint not null,
  error varchar(500),
  created_at bigint not null,
  sent_at bigint
);
create index letter_due on letter (team, state, next_at);
create index letter_subject on letter (team, subject);
