-- The variables that an order carried, sealed: what a release last served with. Forgotten with the release.
alter table deployment add column environment bytea;
