create trigger audit_entry_no_update before update on audit_entry
begin
  select raise(abort, 'audit entries are never changed');
end;

create trigger audit_entry_no_delete before delete on audit_entry
begin
  select raise(abort, 'audit entries are never deleted');
end;
