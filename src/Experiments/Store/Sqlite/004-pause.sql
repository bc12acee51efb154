-- Set by any process; the one that runs the experiment begins no more stages of it.
alter table experiment add column pause_requested integer not null default 0;
