-- SHA-256 of what the running or last attempt of a stage saved for the next to go on from.
alter table stage add column checkpoint text;
