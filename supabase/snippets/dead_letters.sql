-- What could not be served. Have one done again: select private.replay_dead_letter(id).
select id, dead_lettered_at, queue, task_id, operation, poison, reason
from monitoring.dead_letters
order by dead_lettered_at desc;
