-- Calls that may have been billed for nothing, to compare with the provider's bill.
select started_at, provider, operation, model, provider_request_id, task_id
from monitoring.ambiguous_calls
order by started_at desc
limit 100;
