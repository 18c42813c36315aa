-- Why tasks failed in the last day. Chart: last_day by error_code.
select error_code, provider, operation, last_hour, last_day, last_at
from monitoring.failures
order by last_day desc;
