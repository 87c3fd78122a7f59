-- permissions: the only ones it has, spaces between; null: whatever its person has.
-- scopes: the only places, one a line, kind id; null: wherever its person has them
alter table token add column permissions text;
alter table token add column scopes text;
