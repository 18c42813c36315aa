-- How much there is of what should not be; private.reconcile() repairs what it can. Reads all that
-- waits and all result files: not for every minute.
select kind, count
from private.inconsistencies;
