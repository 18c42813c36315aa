-- What providers told their calls of the last week to cost, against the price list.
select provider, model, calls, told_usd, list_usd, drift
from monitoring.price_drift
order by drift desc;
