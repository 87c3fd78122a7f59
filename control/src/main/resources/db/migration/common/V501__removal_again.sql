-- When the server of a removed app is asked again to remove what it has of it, because it could not; null otherwise.
alter table app add column removal_again_at bigint;
create index app_removal_again on app (team, removal_again_at);
