-- Workers note how long the runs of a pool take, so that no submit has to read them.

set local lock_timeout = '2s';

alter table private.pools
  add column mean_run_seconds numeric,
  add column longest_run_seconds numeric;
