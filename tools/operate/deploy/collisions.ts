/** Runs one statement on the project's database, and returns its rows. */
type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What the first migration creates where an app may have something of its own. */
const SCHEMAS = ["private", "monitoring"];
const TABLES = ["public.tasks", "public.concept_images", "public.models", "public.input_assets"];

const array = (names: readonly string[]): string =>
  `array[${names.map((name) => `'${name}'`).join(", ")}]`;

/** Names that are taken already in a database that has no lanes of ours yet. */
export async function findCollisions(query: Query): Promise<readonly string[]> {
  const rows = await query(`
    select name
    from (
      select 'schema ' || name as name from unnest(${array(SCHEMAS)}) as name
      where to_regnamespace(name) is not null
      union all
      select 'table ' || name from unnest(${array(TABLES)}) as name
      where to_regclass(name) is not null
    ) as taken
    where to_regclass('private.lanes') is null
    order by name
  `);
  return rows.map(({ name }) => String(name));
}
