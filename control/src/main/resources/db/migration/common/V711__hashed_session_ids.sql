-- Sessions lie under a hash of their ids from now on. Those from before could not be found any more: who has one signs in again.
delete from spring_session_attributes;
delete from spring_session;

-- Another one with each change of what the person may do: their sessions then take other ids. A secret, of no use by itself.
alter table person add column session_mark varchar(64);
