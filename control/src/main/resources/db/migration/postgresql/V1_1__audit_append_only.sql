create function audit_entry_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are never changed or deleted' using errcode = 'insufficient_privilege';
end;
$$;

create trigger audit_entry_no_update before update or delete on audit_entry
  for each row execute function audit_entry_refuse();

create trigger audit_entry_no_truncate before truncate on audit_entry
  for each statement execute function audit_entry_refuse();
