-- The team that a person last left: its record tells of their sign-ins while they belong to none.
alter table person add column last_team varchar(40);
