-- Of two experiments that wait in a pool, the one of the higher priority goes first; null is no limit to what one holds of a pool.
alter table experiment add column priority integer not null default 0;
alter table experiment add column most_slots integer;
