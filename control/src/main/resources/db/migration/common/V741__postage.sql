-- What was mailed within a day, so that no address gets, and no team sends, more than its share.
-- budget: address:<SHA-256 of the address> or team:<id>
create table postage (
  id varchar(40) not null primary key,
  budget varchar(80) not null,
  at bigint not null
);
create index postage_budget on postage (budget, at);
create index postage_at on postage (at);
create index letter_created on letter (team, created_at);
