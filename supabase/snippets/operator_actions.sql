-- Who did what: operators by their route, and commands. The newest first.
select acted_at, coalesce(operator_email, actor) as who, action, request, result, subject_id
from private.operator_actions
order by id desc
limit 100;
