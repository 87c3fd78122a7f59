-- Who made the link for somebody else; null for one of the operator
alter table sign_in_link add column maker varchar(40) references person (id);
