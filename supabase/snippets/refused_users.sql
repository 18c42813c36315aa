-- Users whose requests were refused for their content lately, and whether they are blocked.
select user_id, refusals, last_refused_at, last_refused_by, is_blocked
from monitoring.refused_users
order by refusals desc, last_refused_at desc;
