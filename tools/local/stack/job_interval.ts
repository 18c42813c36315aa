/**
 * How often pg_cron runs a job, in seconds. Throws for what none of ours is: a time of the day, a list.
 *
 * https://github.com/citusdata/pg_cron#what-is-pg_cron
 */
export function jobInterval(schedule: string): number {
  const seconds = /^(\d+) seconds$/.exec(schedule)?.[1];
  if (seconds) return Number(seconds);
  const minutes = /^\*(?:\/(\d+))? \* \* \* \*$/.exec(schedule);
  if (minutes) return Number(minutes[1] ?? 1) * 60;
  throw new Error(`Cannot run a job here at: ${schedule}`);
}
