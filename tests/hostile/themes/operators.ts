import { base64url } from "jose";
import { signWithSecret, userClaims } from "../../../testing/tokens.ts";
import { headersOf } from "../../support/client.ts";
import { newOperator } from "../../support/operator.ts";
import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";

const OPERATOR = { role: "operator" };

/** Claims of good tokens that make nobody an operator. */
const CLAIMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "no claim": {},
  "a role that the user has written": { user_metadata: OPERATOR },
  "a role elsewhere": { operator: true, roles: ["operator"], app_role: "operator" },
  "a list as role": { app_metadata: { role: ["operator"] } },
  "an object as role": { app_metadata: { role: { operator: true } } },
  "a role in capitals": { app_metadata: { role: "OPERATOR" } },
  "a role with a blank": { app_metadata: { role: "operator " } },
  "a list as metadata": { app_metadata: [OPERATOR] },
  // As an older token says of somebody who was one.
  "a role that Auth has of the user no more": { app_metadata: OPERATOR },
};

const ACTIONS: readonly Readonly<Record<string, unknown>>[] = [
  { action: "pause_lane", provider: "openai" },
  { action: "resume_lane", provider: "openai" },
  { action: "pause_submits" },
  { action: "resume_submits" },
  { action: "set_budgets", project_usd_per_day: 0 },
];

/** What an operator is told of a body, by the field that is wrong. */
const BODIES: readonly (readonly [body: unknown, words: RegExp])[] = [
  [{}, /^action: Required; must be one of pause_lane, /],
  [[], /^Must be a JSON object$/],
  [{ action: "drop_database" }, /^action: Must be one of pause_lane, /],
  [{ action: ["pause_lane"] }, /^action: /],
  [{ action: "__proto__" }, /^action: /],
  [{ action: "pause_lane" }, /^provider: Required/],
  [{ action: "pause_lane", provider: "midjourney" }, /^No lane midjourney\. There are flux, /],
  [{ action: "pause_lane", provider: "openai'; drop table private.lanes --" }, /^No lane openai'/],
  [{ action: "pause_lane", provider: "openai\0" }, /^provider: Must be well-formed text/],
  [
    { action: "pause_lane", provider: "openai", until: "2026-01-01T00:00:00Z" },
    /^Must be in the future$/,
  ],
  [{ action: "pause_lane", provider: "openai", until: "infinity" }, /^until: Must be a time such/],
  [{ action: "pause_lane", provider: "openai", operator_id: "x" }, /^operator_id: Unknown field/],
  [{ action: "resume_submits", user: "x" }, /^user: Unknown field; known are action$/],
  [{ action: "block_user", user: "nobody@example.com", reason: "x" }, /^No user has the id or/],
  [{ action: "block_user", user: "x" }, /^reason: Required/],
  [{ action: "block_user", user: "x", reason: "r".repeat(1_001) }, /^reason: Has 1001 characters/],
  [{ action: "set_budgets" }, /^Nothing is to be changed/],
  [{ action: "set_budgets", project_usd_per_day: -1 }, /^project_usd_per_day: Must be at least 0/],
  [{ action: "set_budgets", project_usd_per_day: 1e300 }, /^project_usd_per_day: Must be at most /],
  [{ action: "set_budgets", allows_anonymous_users: true }, /^allows_anonymous_users: Unknown/],
  [{ action: "set_budgets", providers: { midjourney: 1 } }, /^No lane midjourney, and nothing was/],
  [{ action: "set_budgets", keys: { m3d_none: 1 } }, /^No key begins with m3d_none, and nothing/],
];

/** Users who would like to be operators, and operators who send what is no request. */
export async function operators({ caller }: Scene): Promise<HostileCase[]> {
  const sign = (changes: Readonly<Record<string, unknown>>): Promise<string> => {
    const claims = { sub: caller.id, iss: `${stack.projectUrl}/auth/v1`, ...changes };
    return signWithSecret(userClaims(claims), stack.secrets.jwtSecret);
  };
  const cases: HostileCase[] = [];
  const denied = { error: "forbidden", words: /^Only operators may do this: users with / } as const;
  for (const [name, claims] of Object.entries(CLAIMS)) {
    cases.push(...attempts(name, headersOf(await sign(claims)), denied));
  }
  const written = userClaims({ sub: caller.id, app_metadata: OPERATOR });
  const [header = "", , signature = ""] = caller.token.split(".");
  const forged = `${header}.${base64url.encode(JSON.stringify(written))}.${signature}`;
  const invalid = { error: "unauthorized", words: /^Missing or invalid token$/ } as const;
  cases.push(...attempts("a role written into a token", headersOf(forged), invalid));

  const { "X-API-Key": key = "", ...withoutKey } = headersOf((await newOperator()).token);
  const noKey = { error: "unauthorized", words: /^Missing or invalid API key$/ } as const;
  cases.push(...attempts("an operator without a key", withoutKey, noKey));
  cases.push(...attempts("a key alone", { "X-API-Key": key }, invalid));
  const headers = { ...withoutKey, "X-API-Key": key };
  for (const [body, words] of BODIES) {
    cases.push({
      name: `an operator's ${JSON.stringify(body).slice(0, 80)}`,
      path: "operator",
      headers,
      body: () => JSON.stringify(body),
      error: "invalid_request",
      words,
    });
  }
  return cases;
}

/** To see, and to do each thing. */
function attempts(
  name: string,
  headers: Readonly<Record<string, string>>,
  refusal: Pick<HostileCase, "error" | "words">,
): HostileCase[] {
  const sent = { ...headers, "Content-Type": "application/json" };
  return [
    { name: `${name}, to see`, method: "GET", path: "operator", headers, ...refusal },
    ...ACTIONS.map((action): HostileCase => ({
      name: `${name}, ${action["action"]}`,
      path: "operator",
      headers: sent,
      body: () => JSON.stringify(action),
      ...refusal,
    })),
  ];
}
