-- After every migration: each table with a team hides other teams' rows, and the application's
-- role may read and write, but neither own nor empty anything.

do $$
declare owned record;
begin
  for owned in
    select c.table_name as name
    from information_schema.columns c
    join pg_class t on t.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
    where c.table_schema = current_schema() and c.column_name = 'team' and t.relkind = 'r'
      and not t.relforcerowsecurity
  loop
    execute format('alter table %I enable row level security', owned.name);
    execute format('alter table %I force row level security', owned.name);
    execute format(
      'create policy of_team on %I using (team = current_setting(''app.team'', true))'
      || ' with check (team = current_setting(''app.team'', true))', owned.name);
  end loop;
end;
$$;

do $$
begin
  execute format('grant usage on schema %I to %I', current_schema(), '${application_role}');
  execute format('grant select, insert, update, delete on all tables in schema %I to %I', current_schema(), '${application_role}');
  execute format('revoke update, delete on audit_entry from %I', '${application_role}');
  execute format('revoke all on flyway_schema_history from %I', '${application_role}');
end;
$$;
