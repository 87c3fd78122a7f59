-- What must be asked before a team is known. The functions run as the owner of the tables, whose
-- policies below let it see (and only see) every team's rows of these four tables.

create policy lookup on token for select to current_user using (true);
create policy lookup on registration_token for select to current_user using (true);
create policy lookup on server for select to current_user using (true);
create policy lookup on member for select to current_user using (true);

create function team_of_token(wanted text) returns text
  language sql stable security definer set search_path from current
  as 'select team from token where hash = wanted';

create function team_of_registration_token(wanted text) returns text
  language sql stable security definer set search_path from current
  as 'select team from registration_token where hash = wanted';

create function team_of_server(wanted text) returns text
  language sql stable security definer set search_path from current
  as 'select team from server where id = wanted';

create function teams_of_person(wanted text) returns setof text
  language sql stable security definer set search_path from current
  as 'select team from member where person = wanted order by created_at';
