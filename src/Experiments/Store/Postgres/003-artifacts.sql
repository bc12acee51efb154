-- Models by their SHA-256, in pieces that no server and no client need hold more than one of.

create table artifact (
    sha256   text collate "C" not null primary key,
    size     bigint           not null,
    added_at bigint           not null default grid_now()
);

create table artifact_chunk (
    sha256 text collate "C" not null references artifact (sha256) on delete cascade,
    number integer          not null,
    bytes  bytea            not null,
    primary key (sha256, number)
);

-- Weights hardly compress: the server need not try.
alter table artifact_chunk alter column bytes set storage external;
