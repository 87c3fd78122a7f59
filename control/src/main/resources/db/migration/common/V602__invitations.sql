-- hash: of the text in the link. grants: one a line, role scope target. email: bound to that address
create table invitation (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  hash varchar(64) not null unique,
  email varchar(320),
  grants text not null,
  inviter varchar(40) not null references person (id),
  created_at bigint not null,
  expires_at bigint not null,
  accepted_at bigint,
  accepted_by varchar(40) references person (id),
  revoked_at bigint
);
create index invitation_team on invitation (team, created_at);
