-- What could not be served. Have one done again: select private.put_back_dead(id).
select id, died_at, queue, task_id, operation, poison, reason
from monitoring.dead_messages
order by died_at desc;
