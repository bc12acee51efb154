-- The columns stand in the order of the SQLite scripts: rows are read by position. Times are milliseconds since 1970 UTC; settings, data,
-- config, sweep, result and body are JSON, kept as the text that it was. Keys compare byte by byte, whatever the database's collation.

-- The store's clock. Not that of the transaction, which stands still: a batch of writes may have waited for a lock.
create function grid_now() returns bigint language sql volatile
    as $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

create table experiment (
    id               text collate "C" not null primary key,
    name             text             not null,
    sweep            text             not null,
    status           text             not null,
    cancel_requested integer          not null,
    created_at       bigint           not null,
    finished_at      bigint
);

create table trial (
    experiment   text collate "C" not null references experiment (id),
    number       integer          not null,
    config       text             not null,
    is_reference integer          not null,
    status       text             not null,
    leaf         text collate "C" not null,
    test         text collate "C" not null,
    error        text,
    primary key (experiment, number)
);

create table stage (
    key         text collate "C" not null primary key,
    kind        text             not null,
    settings    text             not null,
    parent      text,
    reference   text,
    data        text,
    seed        bigint,
    status      text             not null,
    attempt     integer          not null,
    crashes     integer          not null,
    holder      text,
    lease_until bigint,
    artifact    text,
    result      text,
    seconds     double precision,
    error       text
);

-- Few stages are leased at a time: what a lost holder leaves is found without reading all of them.
create index stage_leased on stage (holder) where status = 'leased';

create table event (
    experiment text collate "C" not null references experiment (id),
    sequence   bigint           not null,
    at         bigint           not null,
    kind       text             not null,
    body       text             not null,
    id         text,
    primary key (experiment, sequence)
);
