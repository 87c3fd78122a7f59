create policy lookup on invitation for select to current_user using (true);

create function team_of_invitation(wanted text) returns text
  language sql stable security definer set search_path from current
  as 'select team from invitation where hash = wanted';
