-- Intents without an outcome are looked for at each start.
create index audit_entry_operation on audit_entry (team, operation);
