-- The token with which the way in was made, and with which it ends; null: somebody made it on a page, or whoever runs Escale
alter table invitation add column made_by varchar(40);
alter table sign_in_link add column made_by varchar(40);
