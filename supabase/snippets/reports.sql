-- Results that users have reported, until each report is closed.
select task_id, user_id, operation, provider, reason, reported_at, hidden_at
from monitoring.reports
order by reported_at;
