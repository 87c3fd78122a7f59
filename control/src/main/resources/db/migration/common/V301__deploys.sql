-- The deployment that serves now, and bounds of what is kept of an output.
alter table app add column current_deployment varchar(40);
alter table deployment add column output_lines bigint default 0 not null;
alter table deployment add column output_bytes bigint default 0 not null;

-- Read-only access of an agent to the repository of one app, while its deployment lasts.
create table fetch_token (
  hash varchar(64) not null primary key,
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  deployment varchar(40) not null references deployment (id),
  created_at bigint not null,
  expires_at bigint not null
);
create index fetch_token_team on fetch_token (team, deployment);

-- A push whose ref is being stored, until its deployment is queued: what is left after a crash is
-- taken up at the next start.
create table pending_push (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  ref varchar(250) not null,
  commit_id varchar(64) not null,
  actor_type varchar(20) not null,
  actor_id varchar(60) not null,
  actor_name varchar(200) not null,
  created_at bigint not null
);
create index pending_push_team on pending_push (team, app);
