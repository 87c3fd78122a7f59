-- Roles of a team's own, beside the built-in owner, admin, developer and viewer. permissions: names, with spaces between
create table team_role (
  id varchar(40) not null primary key,
  team varchar(40) not null references team (id),
  name varchar(100) not null,
  permissions text not null,
  created_at bigint not null,
  unique (team, name)
);

-- role: a built-in one by its name, or the id of a team_role. scope: team, server, app. target: its id; empty for the team
create table member_grant (
  team varchar(40) not null references team (id),
  person varchar(40) not null references person (id),
  role varchar(40) not null,
  scope varchar(10) not null,
  target varchar(40) not null,
  created_at bigint not null,
  primary key (team, person, role, scope, target)
);

insert into member_grant (team, person, role, scope, target, created_at)
  select team, person, role, 'team', '', created_at from member;

alter table member drop column role;
