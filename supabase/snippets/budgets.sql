-- Every cap with what is spent and reserved of it today or this month (UTC). Chart: share by name.
select scope, name, period, used_usd, cap_usd, share
from monitoring.spending
where period_start = date_trunc(period, now() at time zone 'UTC')::date
order by share desc nulls last, scope, name;
