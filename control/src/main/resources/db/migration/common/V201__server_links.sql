-- link_epoch grows with each connection of the agent. signing_key: the newest of our keys that the
-- agent is known to trust
alter table server add column link_epoch bigint not null default 0;
alter table server add column signing_key varchar(40);

-- last position given to a command of the server; its row is the lock that keeps positions and
-- commits in the same order
create table command_queue (
  server varchar(40) not null primary key references server (id),
  team varchar(40) not null references team (id),
  last_position bigint not null
);
create index command_queue_team on command_queue (team);

-- Reports that could not be worked on. Kept here so that the agent may forget them, and tried again
create table parked_report (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  server varchar(40) not null references server (id),
  at bigint not null,
  report text not null,
  attempts int not null,
  error varchar(1000) not null,
  next_at bigint not null
);
create index parked_report_due on parked_report (team, next_at);
