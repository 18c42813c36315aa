-- How much waits in each lane, and for how long. Chart: messages by lane.
select lane, queue, messages, due, oldest_seconds
from monitoring.queues
order by lane, queue desc;
