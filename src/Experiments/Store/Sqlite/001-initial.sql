-- Times are milliseconds since 1970 UTC; settings, data, config, sweep, result and body are JSON.

create table experiment (
    id               text    not null primary key,
    name             text    not null,
    sweep            text    not null,
    status           text    not null,
    cancel_requested integer not null,
    created_at       integer not null,
    finished_at      integer
) strict;

create table trial (
    experiment   text    not null references experiment (id),
    number       integer not null,
    config       text    not null,
    is_reference integer not null,
    status       text    not null,
    leaf         text    not null,
    test         text    not null,
    error        text,
    primary key (experiment, number)
) strict;

create table stage (
    key         text    not null primary key,
    kind        text    not null,
    settings    text    not null,
    parent      text,
    reference   text,
    data        text,
    seed        integer,
    status      text    not null,
    attempt     integer not null,
    crashes     integer not null,
    holder      text,
    lease_until integer,
    artifact    text,
    result      text,
    seconds     real,
    error       text
) strict;

-- Few stages are leased at a time: what a restart looks for is found without reading all of them.
create index stage_leased on stage (lease_until) where status = 'leased';

create table event (
    experiment text    not null references experiment (id),
    sequence   integer not null,
    at         integer not null,
    kind       text    not null,
    body       text    not null,
    primary key (experiment, sequence)
) strict;
