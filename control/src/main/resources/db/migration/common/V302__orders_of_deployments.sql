-- When the order for the agent was queued: what the time limit of a silent agent counts from.
alter table deployment add column ordered_at bigint;
create index deployment_open on deployment (team, ended_at);
