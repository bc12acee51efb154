-- What an experiment took so far, over all its runs: seconds in which it ran, joules of the stages that were carried out for it (null while
-- nothing was counted) with their weakest provenance, how many stages were counted and how many were not, and which budget ended it.
create table spending (
    experiment text collate "C"  not null primary key references experiment (id) on delete cascade,
    seconds    double precision  not null,
    joules     double precision,
    provenance text collate "C"  not null,
    counted    integer           not null,
    uncounted  integer           not null,
    ended_by   text collate "C"
);
