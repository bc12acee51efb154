-- What a trial was measured on beyond the first device class of its sweep, whose leaf stands in the trial itself.
create table measurement (
    experiment text    not null,
    number     integer not null,
    device     text    not null,
    leaf       text    not null,
    primary key (experiment, number, device),
    foreign key (experiment, number) references trial (experiment, number) on delete cascade
) strict;

-- The pool that a stage waits in, or is carried out for. Before there was a choice, all were these two.
alter table stage add column pool text not null default 'train/cpu';
update stage set pool = 'measure/local' where kind = 'measure';
