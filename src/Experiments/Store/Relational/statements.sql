-- Every statement the store executes, for every database. A statement begins at its name; rows are read by position, so that a
-- table's columns stand in the order of its migration scripts. grid_now() is the store's clock, in milliseconds since 1970 UTC: leases
-- are measured by it alone, since the clocks of those who hold them may differ.

-- name: schema-version
select max(version) from grid_schema

-- name: sqlite-table
select count(*) from sqlite_master where type = 'table' and name = @table

-- name: postgres-table
select case when to_regclass(@table) is null then 0 else 1 end

-- name: postgres-lock
select pg_advisory_xact_lock(@number)

-- name: find-experiment
select * from experiment where id = @id

-- name: list-experiments
select * from experiment order by created_at, id

-- name: list-experiments-in
select * from experiment where status = @status order by created_at, id

-- name: add-experiment
insert into experiment (id, name, sweep, status, cancel_requested, created_at, finished_at, priority, most_slots)
values (@id, @name, @sweep, @status, @cancelRequested, @createdAt, @finishedAt, @priority, @mostSlots)
on conflict do nothing

-- name: set-status
update experiment
set status = @status, finished_at = @finishedAt, trace = coalesce(@trace, trace),
    since = case when status <> @status then grid_now() else since end,
    -- A repeat leaves alone what was requested meanwhile.
    cancel_requested = case when @status = 'running' and status <> 'running' then 0 else cancel_requested end,
    pause_requested = case when @status = 'running' and status <> 'running' then 0 else pause_requested end
where id = @id

-- name: extend-experiment
update experiment set sweep = @sweep where id = @id and status <> 'running'

-- name: request-cancel
update experiment set cancel_requested = 1 where id = @id

-- name: request-pause
update experiment set pause_requested = @pause where id = @id

-- name: find-share
select priority, most_slots from experiment where id = @id

-- name: set-priority
update experiment set priority = @priority where id = @id

-- name: set-most-slots
update experiment set most_slots = @mostSlots where id = @id

-- name: delete-experiment
delete from experiment where id = @id

-- name: delete-spending
delete from spending where experiment = @experiment

-- name: find-spending
select * from spending where experiment = @experiment

-- name: save-spending
insert into spending (experiment, seconds, joules, provenance, counted, uncounted, ended_by)
values (@experiment, @seconds, @joules, @provenance, @counted, @uncounted, @endedBy)
on conflict (experiment) do update
set seconds = excluded.seconds, joules = excluded.joules, provenance = excluded.provenance, counted = excluded.counted,
    uncounted = excluded.uncounted, ended_by = excluded.ended_by

-- name: delete-trials
delete from trial where experiment = @experiment

-- name: delete-events
delete from event where experiment = @experiment

-- name: delete-stage
delete from stage where key = @key and status <> 'leased'

-- name: list-stage-links
select key, status, parent, reference, artifact, checkpoint from stage

-- name: add-trial
insert into trial (experiment, number, config, is_reference, status, leaf, test, error)
values (@experiment, @number, @config, @isReference, @status, @leaf, @test, @error)
on conflict do nothing

-- name: finish-trial
update trial set status = @status, error = @error where experiment = @experiment and number = @number
    and (status <> @status or error is distinct from @error)

-- name: list-trials
select * from trial where experiment = @experiment order by number

-- name: list-results
select trial.*, leaf.*, test.*
from trial
join stage as leaf on leaf.key = trial.leaf and leaf.status = 'done' and leaf.artifact is not null
left join stage as test on test.key = trial.test and test.status = 'done'
where trial.experiment = @experiment and trial.status = 'succeeded' and trial.number > @after
order by trial.number limit @max

-- name: list-metrics
select trial.number, trial.config, trial.is_reference, leaf.artifact, leaf.result
from trial
join stage as leaf on leaf.key = trial.leaf and leaf.status = 'done' and leaf.artifact is not null
where trial.experiment = @experiment and trial.status = 'succeeded' and trial.number > @after
order by trial.number limit @max

-- name: add-measurement
insert into measurement (experiment, number, device, leaf) values (@experiment, @number, @device, @leaf)
on conflict do nothing

-- name: list-results-on
select trial.*, leaf.*, test.*
from trial
join measurement on measurement.experiment = trial.experiment and measurement.number = trial.number and measurement.device = @device
join stage as leaf on leaf.key = measurement.leaf and leaf.status = 'done' and leaf.artifact is not null
left join stage as test on test.key = trial.test and test.status = 'done'
where trial.experiment = @experiment and trial.status = 'succeeded' and trial.number > @after
order by trial.number limit @max

-- name: list-metrics-on
select trial.number, trial.config, trial.is_reference, leaf.artifact, leaf.result
from trial
join measurement on measurement.experiment = trial.experiment and measurement.number = trial.number and measurement.device = @device
join stage as leaf on leaf.key = measurement.leaf and leaf.status = 'done' and leaf.artifact is not null
where trial.experiment = @experiment and trial.status = 'succeeded' and trial.number > @after
order by trial.number limit @max

-- name: add-stage
insert into stage (key, kind, settings, parent, reference, data, seed, status, attempt, crashes, pool, since)
values (@key, @kind, @settings, @parent, @reference, @data, @seed, 'pending', 0, 0, @pool, grid_now())
on conflict do nothing

-- name: move-stage
update stage set pool = @pool where key = @key and status in ('pending', 'failed')

-- name: find-stage
select *, grid_now() from stage where key = @key

-- name: lease-stage
update stage
set attempt = attempt + 1, status = 'leased', holder = @holder, lease_until = grid_now() + @duration, since = grid_now(),
    trace = coalesce(@trace, trace)
where key = @key and attempt = @attempt and (status = 'pending' or (status = 'leased' and lease_until <= grid_now()))
returning *, grid_now()

-- name: find-lease
select *, grid_now() from stage where key = @key and attempt = @attempt and status = 'leased' and holder = @holder

-- name: list-leased
select key from stage where status = 'leased' and pool = @pool and lease_until > grid_now()

-- name: renew-lease
update stage set lease_until = grid_now() + @duration where key = @key and attempt = @attempt and status = 'leased'

-- name: checkpoint-stage
update stage set checkpoint = @checkpoint where key = @key and attempt = @attempt and status = 'leased'

-- name: complete-stage
update stage
set status = 'done', holder = null, lease_until = null, artifact = @artifact, result = @result, seconds = @seconds, checkpoint = null,
    since = grid_now()
where key = @key and attempt = @attempt and status = 'leased'

-- name: is-recorded
select 1 from stage where key = @key and attempt = @attempt and status = 'done'

-- name: end-attempt
update stage
set status = @status, holder = null, lease_until = null, crashes = crashes + @crashes, error = coalesce(@error, error), since = grid_now(),
    checkpoint = case when @status = 'pending' then checkpoint end
where key = @key and attempt = @attempt and status = 'leased'

-- name: invalidate-stage
update stage
set status = 'pending', artifact = null, result = null, seconds = null, checkpoint = null, since = grid_now()
where key = @key and status = 'done' and artifact = @artifact

-- name: retry-stage
update stage set status = 'pending', crashes = 0, since = grid_now() where key = @key and status = 'failed'

-- name: release-all
update stage set status = 'pending', holder = null, lease_until = null, since = grid_now() where status = 'leased'

-- name: release-holder
update stage set status = 'pending', holder = null, lease_until = null, since = grid_now() where status = 'leased' and holder = @holder
returning key

-- name: count-stages
select kind, status, count(*) from stage group by kind, status order by kind, status

-- name: count-experiments
select status, count(*) from experiment group by status order by status

-- name: list-queues
-- What a sweep left waiting when it was paused or cancelled still stands there, so nothing counts as waiting while no sweep runs, nor for
-- longer than since the first of those that run was started.
select pool, sum(case when stage.status = 'pending' then 1 else 0 end), sum(case when stage.status = 'leased' then 1 else 0 end),
    grid_now() - case when min(running.since) > min(case when stage.status = 'pending' then stage.since end) then min(running.since)
        else min(case when stage.status = 'pending' then stage.since end) end
from stage cross join (select min(coalesce(since, created_at)) as since from experiment where status = 'running') as running
where stage.status in ('pending', 'leased') and running.since is not null
group by pool order by pool

-- name: list-artifacts
select artifact from stage where artifact is not null union select checkpoint from stage where checkpoint is not null

-- name: append-event
insert into event (experiment, sequence, at, kind, body, id)
select @experiment, coalesce(max(sequence), 0) + 1, @at, @kind, @body, @id from event where experiment = @experiment
returning sequence

-- name: find-event
select sequence from event where experiment = @experiment and id = @id

-- name: read-events
select * from event where experiment = @experiment and sequence > @after order by sequence limit @max
