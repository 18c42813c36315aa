import { base64url } from "jose";
import { signWithSecret, userClaims } from "../../../testing/tokens.ts";
import { headersOf } from "../../support/client.ts";
import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, submission } from "../requests.ts";

/** What the database is told beside a request, and what an app has no say in. */
const FIELDS = [
  "plan",
  "p_plan",
  "app_metadata",
  "estimate_usd",
  "p_estimate_usd",
  "reserved_usd",
  "cost_usd",
  "is_limited",
  "p_is_limited",
  "p_is_dry_run",
  "api_key_id",
  "user_id",
];

/** Users who would like to have another plan, or to pay less. */
export async function plans(scene: Scene): Promise<HostileCase[]> {
  const { caller } = scene;
  const claims = userClaims({
    sub: caller.id,
    iss: `${stack.projectUrl}/auth/v1`,
    app_metadata: { plan: "reviewer" },
  });
  const [header = "", , signature = ""] = caller.token.split(".");
  const tokens = {
    "written into a token": `${header}.${base64url.encode(JSON.stringify(claims))}.${signature}`,
    "signed by another": await signWithSecret(claims, "x".repeat(32)),
  };
  const good = { provider: "openai", prompt: "a robot" };
  const body = JSON.stringify({ task_id: "a-plan", ...good });
  const forged = Object.entries(tokens).flatMap(([name, token]): HostileCase[] => {
    const refused = { headers: headersOf(token), error: "unauthorized" } as const;
    return [
      {
        name: `a plan ${name}, submit`,
        path: "generation/text-to-image",
        body: () => body,
        ...refused,
      },
      {
        name: `a plan ${name}, dry run`,
        path: "generation/text-to-image?dry_run=true",
        body: () => body,
        ...refused,
      },
      { name: `a plan ${name}, account`, method: "GET", path: "account", ...refused },
    ];
  });
  return [
    ...forged,
    ...FIELDS.map((field) =>
      submission(
        scene,
        `${field} in the body`,
        "text-to-image",
        { ...good, [field]: "reviewer" },
        badField(field),
      )
    ),
    ...["POST", "PUT", "PATCH"].map((method): HostileCase => ({
      name: `another plan for the account by ${method}`,
      method,
      path: "account",
      headers: headersOf(caller.token),
      body: () => JSON.stringify({ plan: "reviewer" }),
      error: "method_not_allowed",
    })),
  ];
}
