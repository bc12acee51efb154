-- Made by the writer, so that a repeat after a lost answer finds what it wrote.
alter table event add column id text;
