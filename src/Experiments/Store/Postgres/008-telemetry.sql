-- Where in a trace an experiment was last started, and the last attempt of a stage stands (W3C traceparent); since when each has its status.
alter table experiment add column trace text;
alter table experiment add column since bigint;
alter table stage add column trace text;
alter table stage add column since bigint;
