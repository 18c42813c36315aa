import { parse } from "postgres-array";
import type postgres from "postgres";

/** An array type of Postgres: its OID, and what an element of it is read as. */
type ArrayType = readonly [oid: number, read: (text: string) => unknown];

/**
 * Those that our statements take or return. The OIDs are the same in each database:
 * https://github.com/postgres/postgres/blob/REL_17_STABLE/src/include/catalog/pg_type.dat
 */
const ARRAYS: Readonly<Record<string, ArrayType>> = {
  bigint: [1016, String],
  "double precision": [1022, Number],
  integer: [1007, Number],
  numeric: [1231, String],
  real: [1021, Number],
  text: [1009, String],
  uuid: [2951, String],
};

/** Names of the types whose arrays can be read and sent. */
export const arrayElements: readonly string[] = Object.keys(ARRAYS);

/**
 * The array types for postgres.js. It can ask the database for them on each new connection, but then
 * nobody hears when the connection ends in this moment, and a rejection that nobody hears ends an
 * isolate (`fetchArrayTypes` in connection.js of 3.4.9).
 */
export const arrayTypes: Readonly<Record<string, postgres.PostgresType>> = Object.fromEntries(
  Object.entries(ARRAYS).map(([element, [oid, read]]) => [element, {
    to: oid,
    from: [oid],
    serialize: arrayText,
    parse: (text: string) => parse(text, read),
  }]),
);

/** An array as Postgres reads it (https://www.postgresql.org/docs/17/arrays.html#ARRAYS-INPUT). */
function arrayText(elements: readonly unknown[]): string {
  const texts = elements.map((element) =>
    element === null ? "NULL" : `"${String(element).replaceAll(/["\\]/g, "\\$&")}"`
  );
  return `{${texts.join(",")}}`;
}
