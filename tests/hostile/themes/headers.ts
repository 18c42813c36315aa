import { SEED } from "../../../tools/local/stack/settings.ts";
import { headersOf } from "../../support/client.ts";
import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { SQL } from "./wrong_values.ts";

const BODY = JSON.stringify({ task_id: "t", provider: "openai", prompt: "x" });

/** Headers that would name somebody, if anybody asked them. */
const NAMES: Readonly<Record<string, string>> = {
  "X-User-Id": "00000000-0000-4000-8000-000000000001",
  "X-Forwarded-User": "admin",
  "X-Auth-User": "admin",
  "X-Forwarded-For": "127.0.0.1",
  "X-Real-IP": "127.0.0.1",
  "Forwarded": "for=127.0.0.1;host=localhost",
  "X-Original-URL": "/generation/health",
  "X-Rewrite-URL": "/generation/health",
  "X-HTTP-Method-Override": "GET",
  "Cookie": "sb-access-token=x; Authorization=Bearer x",
  "apikey": "x",
  "X-Supabase-Role": "service_role",
};

function authorizations(token: string): Record<string, string> {
  return {
    "no scheme": token,
    "another scheme": `Basic ${token}`,
    "the scheme only": "Bearer",
    "a comma": `Bearer ${token}, Bearer ${token}`,
    "two tokens": `Bearer ${token} ${token}`,
    "a tab": `Bearer\t${token}`,
    "quotes": `Bearer "${token}"`,
    "a scheme like ours": `Bearer: ${token}`,
    "the token twice": `Bearer ${token}.${token}`,
    "user and password": `Basic ${btoa("test@example.com:password")}`,
    "letters of other languages": "Bearer äöü",
  };
}

function apiKeys(): Record<string, string> {
  const key = SEED.apiKey;
  return {
    "beginning": key.slice(0, 16),
    "one letter more": `${key}x`,
    "one letter less": key.slice(0, -1),
    "another case": key.toUpperCase(),
    "twice": `${key}, ${key}`,
    "quotes": `"${key}"`,
    "SQL": SQL,
    "a pattern": "%",
    "the example of the guide": "your-api-key",
    "letters of other languages": "äöü",
    "8 KB": "x".repeat(8_000),
    "publishable key": stack.secrets.publishableKey,
    "secret key": stack.secrets.secretKey,
    "worker secret": stack.secrets.workerSecret,
  };
}

const UUID = "11111111-1111-4111-8111-111111111111";

/** None of them is refused: there is no such task, and nothing is waited for. */
const PREFERENCES = [
  "wait=25",
  "wait=99999999999999999999",
  "wait=-1",
  "wait",
  "*",
  '"1", W/"2", "',
  "wait=25,".repeat(1_000),
  `${" ".repeat(5_000)}x`,
  SQL,
];

/** Headers that claim, inject or confuse. */
export function headers({ caller }: Scene): HostileCase[] {
  const { Authorization: _, ...withoutToken } = headersOf(caller.token);
  const { "X-API-Key": __, ...withoutKey } = headersOf(caller.token);
  const submit = (
    name: string,
    headers: Record<string, string>,
    words: RegExp,
    path = "generation/text-to-image",
  ): HostileCase => ({ name, path, headers, body: () => BODY, error: "unauthorized", words });
  const noToken = /^Missing or invalid token$/;
  const noKey = /^Missing or invalid API key$/;
  return [
    ...Object.entries({ "no headers": {}, "no token": withoutToken, "no key": withoutKey }).map((
      [name, headers],
    ): HostileCase => ({
      name: `availability: ${name}`,
      method: "GET",
      path: `generation/availability?apikey=${SEED.apiKey}&provider=${encodeURIComponent(SQL)}`,
      headers,
      error: "unauthorized",
      words: name === "no key" ? noKey : noToken,
    })),
    submit("no headers", {}, noToken),
    submit("no token", withoutToken, noToken),
    submit("no key", withoutKey, noKey),
    submit("token in the query", withoutToken, noToken, `generation/text-to-image?token=x`),
    submit(
      "key in the query",
      withoutKey,
      noKey,
      `generation/text-to-image?apikey=${SEED.apiKey}&x-api-key=${SEED.apiKey}`,
    ),
    submit("key in another header", { ...withoutKey, apikey: SEED.apiKey }, noKey),
    ...Object.entries(NAMES).map(([name, value]) =>
      submit(`${name} instead of a token`, { ...withoutToken, [name]: value }, noToken)
    ),
    ...Object.entries(authorizations(caller.token)).map(([name, Authorization]) =>
      submit(`authorization: ${name}`, { ...headersOf(caller.token), Authorization }, noToken)
    ),
    ...Object.entries(apiKeys()).map(([name, key]) =>
      submit(`API key: ${name}`, headersOf(caller.token, key), noKey)
    ),
    ...["{injected}", 'a"b', "a b", "x".repeat(300), "ä", SQL].map((id): HostileCase => ({
      name: `request id ${id.slice(0, 20)}`,
      method: "GET",
      path: `tasks/${UUID}/status`,
      headers: { ...headersOf(caller.token), "X-Request-Id": id },
      error: "not_found",
    })),
    ...["{injected}", SQL, "00-".repeat(2_000), `00-${"0".repeat(32)}-${"0".repeat(16)}-00`].map(
      (traceparent): HostileCase => ({
        name: `traceparent ${traceparent.slice(0, 20)}`,
        method: "GET",
        path: `tasks/${UUID}/status`,
        headers: { ...headersOf(caller.token), traceparent, tracestate: traceparent },
        error: "not_found",
      }),
    ),
    ...PREFERENCES.flatMap((value) =>
      ["Prefer", "If-None-Match"].map((name): HostileCase => ({
        name: `${name}: ${value.slice(0, 20)}`,
        method: "GET",
        path: `tasks/${UUID}/status`,
        headers: { ...headersOf(caller.token), [name]: value },
        error: "not_found",
      }))
    ),
    {
      name: "another method in a header",
      path: `tasks/${UUID}`,
      headers: { ...headersOf(caller.token), "X-HTTP-Method-Override": "DELETE" },
      body: () => "{}",
      error: "method_not_allowed",
    },
  ];
}
