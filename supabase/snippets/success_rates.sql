-- How much of each operation ended well in the last day. Chart: success_percent by pair.
select
  operation || ' ' || provider as pair, finished, failed,
  round(100 * success_rate, 1) as success_percent
from monitoring.operations
where period = 'day'
order by success_percent, pair;
