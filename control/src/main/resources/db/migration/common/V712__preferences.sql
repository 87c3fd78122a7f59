-- Beside the language, null where the browser or the system decides. theme: dark, light. time_zone: an IANA name
alter table person add column theme varchar(8);
alter table person add column time_zone varchar(64);
