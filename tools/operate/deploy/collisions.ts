import { providerIds } from "../../../shared/providers/catalog.ts";
import { FUNCTIONS } from "./bundles.ts";

/** Runs one statement on the project's database, and returns its rows. */
type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What the migrations create where an app may have something of its own. */
const SCHEMAS = ["private", "monitoring"];
const TABLES = ["public.tasks", "public.concept_images", "public.models", "public.input_assets"];
const BUCKETS = ["inputs", "generated", "reported"];
/** On the files of all buckets. */
const POLICIES = [
  "Users read files in their own folder",
  "Users add inputs to their own folder",
  "Users replace inputs in their own folder",
  "Users delete files in their own folder",
];
const QUEUES = providerIds.flatMap((id) => [id, `${id}_polls`]);

const array = (names: readonly string[]): string =>
  `array[${names.map((name) => `'${name}'`).join(", ")}]`;

/** Which of our names are there, whoever made what has them. Sorted. */
export async function findTakenNames(query: Query): Promise<readonly string[]> {
  const rows = await query(`
    select 'schema ' || name as name from unnest(${array(SCHEMAS)}) as name
    where to_regnamespace(name) is not null
    union all
    select 'table ' || name from unnest(${array(TABLES)}) as name
    where to_regclass(name) is not null
    union all
    select 'queue ' || name from unnest(${array(QUEUES)}) as name
    where to_regclass('pgmq.q_' || name) is not null
    union all
    select 'bucket ' || id from storage.buckets where id = any (${array(BUCKETS)})
    union all
    select 'policy ' || policyname from pg_policies
    where schemaname = 'storage' and tablename = 'objects' and policyname = any (${array(POLICIES)})
    order by name
  `);
  return rows.map(({ name }) => String(name));
}

/**
 * Names that are taken already in a project whose database has no lanes of ours yet.
 *
 * @param functions Those that the project has.
 */
export async function findCollisions(
  query: Query,
  functions: readonly string[],
): Promise<readonly string[]> {
  const [ours] = await query("select to_regclass('private.lanes') is not null as there");
  if (ours?.["there"]) return [];
  const taken = Object.keys(FUNCTIONS).filter((name) => functions.includes(name));
  return [...await findTakenNames(query), ...taken.map((name) => `function ${name}`)];
}
