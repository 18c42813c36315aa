/**
 * Regions that functions can be asked to run in
 * (https://supabase.com/docs/guides/functions/regional-invocation, November 2026). Projects may be
 * in others.
 */
const FUNCTION_REGIONS: ReadonlySet<string> = new Set([
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
]);

/** The shared pooler's host says where it is, as `aws-0-eu-central-1.pooler.supabase.com`. */
const POOLER_HOST = /^[a-z]+-\d+-([a-z0-9-]+)\.pooler\.supabase\.com$/;

/**
 * The region of the database at this address, to run beside it what talks to it much; undefined
 * where the address does not tell, or functions do not run there.
 */
export function databaseRegion(databaseUrl: string): string | undefined {
  const region = URL.parse(databaseUrl)?.hostname.match(POOLER_HOST)?.[1];
  return region !== undefined && FUNCTION_REGIONS.has(region) ? region : undefined;
}
