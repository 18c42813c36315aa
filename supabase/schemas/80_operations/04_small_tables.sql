-- These have so few rows that Postgres would never count them by itself, and would plan for
-- hundreds what every submit reads of them.

analyze
  private.limits, private.plans, private.submit_pause, private.content_limits, private.lanes,
  private.pools;
