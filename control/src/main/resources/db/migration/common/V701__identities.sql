-- Accounts of a person at a provider (github, gitlab). issuer: address of the provider.
-- subject: its own id of the account. sealed: its token for us, JSON, sealed for the person
create table identity (
  id varchar(40) not null primary key,
  person varchar(40) not null references person (id),
  provider varchar(20) not null,
  issuer varchar(500) not null,
  subject varchar(100) not null,
  login varchar(200) not null,
  email varchar(320),
  sealed bytea not null,
  created_at bigint not null,
  used_at bigint not null,
  unique (provider, issuer, subject)
);
create index identity_person on identity (person);
