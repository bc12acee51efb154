-- What a trial was measured on beyond the first device class of its sweep, whose leaf stands in the trial itself.
create table measurement (
    experiment text collate "C" not null,
    number     integer          not null,
    device     text collate "C" not null,
    leaf       text collate "C" not null,
    primary key (experiment, number, device),
    foreign key (experiment, number) references trial (experiment, number) on delete cascade
);

-- The pool that a stage waits in, or is carried out for. Before there was a choice, all were these two.
alter table stage add column pool text not null default 'train/cpu';
update stage set pool = 'measure/local' where kind = 'measure';

-- What scales a pool asks again and again how much is left to do in it, beside many stages that are done.
create index stage_open on stage (pool) where status in ('pending', 'leased');
