-- Hashes of the texts that ESCALE_BOOTSTRAP_TOKEN has had: none is adopted twice, whatever became of its token
create table adopted_token (
  hash varchar(64) not null primary key,
  adopted_at bigint not null
);
insert into adopted_token (hash, adopted_at) select hash, created_at from token where name = 'bootstrap';

-- The token by which it was made; null: its person made it on a page
alter table token add column made_by varchar(40);
