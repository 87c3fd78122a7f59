-- The host that browsers offer it at (WebAuthn, id of the relying party). Null until the next start: then the one of that start
alter table passkey add column host varchar(255);
