-- These have so few rows that Postgres would never count them by itself, and plans what every submit
-- reads of them for hundreds.

analyze
  private.limits, private.plans, private.submit_pause, private.content_limits, private.lanes,
  private.pools;
