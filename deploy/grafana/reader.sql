-- The role by which Grafana reads the store: six tables, and nothing else. Run it as the owner of the tables, once they are there:
--   READER_PASSWORD=... psql --dbname=grid --file=deploy/grafana/reader.sql
-- It may be run again, also to set another password. It takes psql 15 or newer.
\set ON_ERROR_STOP on
\getenv password READER_PASSWORD
\if :{?password}
\else
    do $$ begin raise 'Set READER_PASSWORD to the password that the role grid_reader is to have.'; end $$;
\endif

select 'create role grid_reader' where not exists (select from pg_roles where rolname = 'grid_reader') \gexec
alter role grid_reader login password :'password';
-- A dashboard writes nothing, and what it asks by mistake does not keep the store busy.
alter role grid_reader set default_transaction_read_only = on;
alter role grid_reader set statement_timeout = '30s';

grant select on experiment, trial, measurement, stage, event, spending to grid_reader;
