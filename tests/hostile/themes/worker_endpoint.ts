import { headersOf } from "../../support/client.ts";
import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { SQL } from "./wrong_values.ts";

/** The worker opens for its secret alone, in its own header. */
export function workerEndpoint({ caller }: Scene): HostileCase[] {
  const { workerSecret, secretKey, publishableKey, jwtSecret } = stack.secrets;
  const attempts: Readonly<Record<string, Record<string, string>>> = {
    "nothing": {},
    "an empty secret": { apikey: "" },
    "a guess": { apikey: "secret" },
    "the beginning": { apikey: workerSecret.slice(0, 16) },
    "a letter more": { apikey: `${workerSecret}x` },
    "a letter less": { apikey: workerSecret.slice(0, -1) },
    "another case": { apikey: workerSecret.toUpperCase() },
    "twice": { apikey: `${workerSecret}, ${workerSecret}` },
    "quotes": { apikey: `"${workerSecret}"` },
    "the secret key": { apikey: secretKey },
    "the publishable key": { apikey: publishableKey },
    "the JWT secret": { apikey: jwtSecret },
    "SQL": { apikey: SQL },
    "letters of other languages": { apikey: "äöü" },
    "8 KB": { apikey: "x".repeat(8_000) },
    "the secret as a token": { Authorization: `Bearer ${workerSecret}` },
    "the secret as an app's key": { "X-API-Key": workerSecret },
    "a user": headersOf(caller.token),
  };
  const knock = (name: string, headers: Record<string, string>, query = ""): HostileCase => ({
    name,
    path: `worker${query}`,
    headers,
    body: () => "{}",
    error: "unauthorized",
    words: /^Missing or invalid worker secret$/,
  });
  return [
    ...Object.entries(attempts).map(([name, headers]) => knock(name, headers)),
    knock("the secret in the query", {}, `?apikey=${workerSecret}`),
    {
      ...knock("with a megabyte", { apikey: "guess" }),
      body: () => "x".repeat(1_000_000),
    },
  ];
}
