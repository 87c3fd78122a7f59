-- The settings that an order carried: whether what serves was built as it would be built now.
alter table deployment add column settings text;
