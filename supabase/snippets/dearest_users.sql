-- The ten users who have spent most today (UTC). Stop one: deno task users block USER.
select user_id, plan, tasks, usd
from monitoring.dearest_users
order by usd desc;
