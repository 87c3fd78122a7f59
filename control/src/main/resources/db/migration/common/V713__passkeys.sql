-- credential: its id, base64url. attested: AAGUID, id and public key as the authenticator gave them (WebAuthn, attested credential data)
create table passkey (
  id varchar(40) not null primary key,
  person varchar(40) not null references person (id),
  name varchar(200) not null,
  credential varchar(1400) not null unique,
  attested bytea not null,
  sign_count bigint not null,
  synced boolean not null,
  created_at bigint not null,
  last_used_at bigint
);
create index passkey_person on passkey (person);

-- What an authenticator is asked to sign. session: under what it is stored. One a session, used up when it is answered
create table passkey_challenge (
  session varchar(64) not null primary key,
  challenge varchar(64) not null,
  expires_at bigint not null
);
create index passkey_challenge_expiry on passkey_challenge (expires_at);
