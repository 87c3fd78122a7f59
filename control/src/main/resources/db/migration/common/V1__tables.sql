-- Tables of Escale for SQLite and PostgreSQL. Text ids, times in microseconds since 1970 UTC
-- (columns named *_at), the team on every row that belongs to somebody.

-- What no team owns

create table team (
  id varchar(40) not null primary key,
  slug varchar(40) not null unique,
  name varchar(200) not null,
  created_at bigint not null
);

create table person (
  id varchar(40) not null primary key,
  name varchar(200) not null,
  email varchar(320),
  language varchar(8),
  created_at bigint not null
);

create table sign_in_link (
  hash varchar(64) not null primary key,
  person varchar(40) not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

create table setting (
  name varchar(100) not null primary key,
  content text not null
);

-- Private keys of the control plane, wrapped by the master key. purpose: authority, tls, signing, secrets
create table key_material (
  id varchar(40) not null primary key,
  purpose varchar(40) not null,
  public_part text not null,
  wrapped bytea not null,
  created_at bigint not null,
  expires_at bigint,
  retired_at bigint
);
create index key_material_purpose on key_material (purpose);

create table spring_session (
  primary_id char(36) not null primary key,
  session_id char(36) not null unique,
  creation_time bigint not null,
  last_access_time bigint not null,
  max_inactive_interval int not null,
  expiry_time bigint not null,
  principal_name varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);

create table spring_session_attributes (
  session_primary_id char(36) not null references spring_session (primary_id) on delete cascade,
  attribute_name varchar(200) not null,
  attribute_bytes bytea not null,
  primary key (session_primary_id, attribute_name)
);

-- What a team owns

create table member (
  team varchar(40) not null references team (id),
  person varchar(40) not null references person (id),
  role varchar(40) not null,
  created_at bigint not null,
  primary key (team, person)
);
create index member_person on member (person);

create table token (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  person varchar(40) not null references person (id),
  name varchar(200) not null,
  hash varchar(64) not null unique,
  created_at bigint not null,
  expires_at bigint,
  last_used_at bigint,
  revoked_at bigint
);
create index token_person on token (team, person);

-- status: waiting (never registered), online, offline, removing, removed. facts: what the agent found, JSON
create table server (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  name varchar(100) not null,
  status varchar(20) not null,
  public_key varchar(200),
  agent_version varchar(40),
  protocol_version int,
  facts text,
  addresses text,
  origin_ip varchar(64),
  outbox_seq bigint not null default 0,
  created_at bigint not null,
  registered_at bigint,
  seen_at bigint,
  removed_at bigint
);
create index server_team on server (team);

create table registration_token (
  hash varchar(64) not null primary key,
  team varchar(40) not null references team (id),
  server varchar(40) not null references server (id),
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index registration_token_server on registration_token (team, server);

-- status: queued, sent, acknowledged, done. payload: the order as JSON, sealed. position: order within the server
create table command (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  server varchar(40) not null references server (id),
  position bigint not null,
  kind varchar(40) not null,
  payload bytea not null,
  status varchar(20) not null,
  app varchar(40),
  deployment varchar(40),
  actor_type varchar(20) not null,
  actor_id varchar(60) not null,
  actor_name varchar(200) not null,
  outcome text,
  created_at bigint not null,
  expires_at bigint not null,
  sent_at bigint,
  acknowledged_at bigint,
  done_at bigint,
  unique (server, position)
);
create index command_waiting on command (team, server, status);

-- source_type: escale, git. settings: overrides of the page, JSON. state: of the process, JSON
create table app (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  server varchar(40) not null references server (id),
  name varchar(100) not null,
  slug varchar(40) not null,
  source_type varchar(20) not null,
  source_url varchar(2000),
  branch varchar(250) not null,
  settings text not null,
  url varchar(500),
  state varchar(40),
  state_note text,
  last_release bigint not null default 0,
  current_release bigint,
  created_at bigint not null,
  removed_at bigint
);
create index app_team on app (team, slug);
create index app_server on app (team, server);

create table app_env (
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  name varchar(200) not null,
  sealed bytea not null,
  secret boolean not null,
  updated_at bigint not null,
  primary key (app, name)
);
create index app_env_team on app_env (team);

-- kind: deploy, serve. triggered_by: push, page, api, cli, rollback, settings.
-- reason: a note, findings, evidence: JSON as the agent sent them
create table deployment (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  server varchar(40) not null references server (id),
  number bigint not null,
  kind varchar(20) not null,
  status varchar(20) not null,
  path varchar(20),
  triggered_by varchar(20) not null,
  actor_type varchar(20) not null,
  actor_id varchar(60) not null,
  actor_name varchar(200) not null,
  ref varchar(250),
  commit_id varchar(64),
  commit_subject varchar(1000),
  commit_author varchar(300),
  release_number bigint,
  url varchar(500),
  reason text,
  findings text,
  evidence text,
  command varchar(40),
  queued_at bigint not null,
  started_at bigint,
  switched_at bigint,
  ended_at bigint,
  unique (app, number)
);
create index deployment_team on deployment (team, queued_at);
create index deployment_app_status on deployment (app, status);

create table deployment_step (
  team varchar(40) not null references team (id),
  deployment varchar(40) not null references deployment (id),
  step varchar(40) not null,
  state varchar(20) not null,
  changed_at bigint not null,
  seconds double precision,
  note text,
  primary key (deployment, step)
);
create index deployment_step_team on deployment_step (team);

-- lines: JSON array; first_line counts from 1
create table deployment_output (
  team varchar(40) not null references team (id),
  deployment varchar(40) not null references deployment (id),
  first_line bigint not null,
  line_count int not null,
  lines text not null,
  primary key (deployment, first_line)
);
create index deployment_output_team on deployment_output (team);

create table release (
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  number bigint not null,
  deployment varchar(40) not null references deployment (id),
  commit_id varchar(64),
  commit_subject varchar(1000),
  kept boolean not null,
  created_at bigint not null,
  primary key (app, number)
);
create index release_team on release (team);

create table certificate (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  app varchar(40) not null references app (id),
  server varchar(40) not null references server (id),
  names text not null,
  serial varchar(64) not null,
  chain text not null,
  not_before_at bigint not null,
  not_after_at bigint not null,
  created_at bigint not null
);
create index certificate_app on certificate (team, app);

-- sample: JSON of the agent's metrics
create table metric_sample (
  team varchar(40) not null references team (id),
  server varchar(40) not null references server (id),
  taken_at bigint not null,
  sample text not null,
  primary key (server, taken_at)
);
create index metric_sample_team on metric_sample (team, taken_at);

-- input: sealed JSON of the operation's input, because it may hold secrets
create table plan (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  operation varchar(100) not null,
  actor_type varchar(20) not null,
  actor_id varchar(60) not null,
  input bytea not null,
  content text not null,
  fingerprint varchar(64) not null,
  created_at bigint not null,
  expires_at bigint not null,
  applied_at bigint
);
create index plan_team on plan (team, expires_at);

-- Append-only: triggers of each database refuse update and delete. One chain per team.
-- phase: intent, outcome, refused, event. target_*: what it was done to. detail: JSON object
create table audit_entry (
  team varchar(40) not null references team (id),
  seq bigint not null,
  at bigint not null,
  operation varchar(40) not null,
  phase varchar(20) not null,
  plan varchar(40),
  command varchar(40),
  actor_type varchar(20) not null,
  actor_id varchar(60) not null,
  actor_name varchar(200) not null,
  action varchar(100) not null,
  target_type varchar(40) not null,
  target_id varchar(60) not null,
  target_name varchar(200) not null,
  server varchar(40),
  origin_ip varchar(64),
  origin_via varchar(20) not null,
  outcome varchar(40),
  detail text not null,
  prev_hash varchar(64) not null,
  hash varchar(64) not null,
  primary key (team, seq)
);
create index audit_entry_at on audit_entry (team, at);
create index audit_entry_target on audit_entry (team, target_type, target_id);
