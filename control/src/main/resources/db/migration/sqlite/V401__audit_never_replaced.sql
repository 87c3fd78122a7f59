-- "insert or replace" deletes the row that is in its way without asking the delete trigger.
create trigger audit_entry_no_replace before insert on audit_entry
when exists (select 1 from audit_entry where team = new.team and seq = new.seq)
begin
  select raise(abort, 'audit entries are never replaced');
end;
