import { headersOf, newTaskId } from "../../support/client.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { badField, type Refusal } from "../requests.ts";
import { SQL } from "./wrong_values.ts";

/** Other ways to say yes or no, none of which may decide whether something is bought. */
const VALUES = [
  "",
  "1",
  "yes",
  "on",
  "TRUE",
  "true%20",
  "%00true",
  "true,false",
  "tru%65%00",
  "null",
  "%F0%9F%92%B8",
  encodeURIComponent(SQL),
  "x".repeat(5_000),
  "true&dry_run=true",
  "true&dry_run=false",
  "false&dry_run=true",
];

/** Dry runs that are refused: what they are refused for is the same as without. */
export function dryRuns({ caller, foreign }: Scene): HostileCase[] {
  const dryRun = (
    name: string,
    fields: Readonly<Record<string, unknown>>,
    refusal: Refusal,
    { query = "dry_run=true", operation = "text-to-image", headers = headersOf(caller.token) } = {},
  ): HostileCase => {
    const body = JSON.stringify({ task_id: newTaskId(), provider: "openai", ...fields });
    const path = `generation/${operation}?${query}`;
    return { name: `dry run ${name}`, path, headers, body: () => body, ...refusal };
  };
  const good = { prompt: "a robot" };
  const foreignPicture = { ...good, input_image_asset_url: foreign.picture };
  return [
    ...VALUES.map((value) =>
      dryRun(`as ${value.slice(0, 30)}`, good, badField("dry_run"), { query: `dry_run=${value}` })
    ),
    dryRun("of a list", good, badField("dry_run"), {
      query: "dry_run=true&dry_run[]=false&dry_run=",
    }),
    dryRun("asked for in the body", { ...good, dry_run: true }, badField("dry_run"), { query: "" }),
    dryRun("of a wrong value", { ...good, n: 1_000 }, badField("n")),
    dryRun("with another's picture", foreignPicture, {
      error: "invalid_asset",
      words: /^input_image_asset_url: No such file/,
    }, { operation: "image-to-image" }),
    dryRun("of no operation", good, { error: "not_found" }, { operation: "text-to-video" }),
    dryRun("of a stranger", good, { error: "unauthorized" }, { headers: headersOf("x.y.z") }),
    dryRun("of no app", good, { error: "unauthorized" }, {
      headers: { ...headersOf(caller.token), "X-API-Key": "m3d_live_invented" },
    }),
    ...["GET", "PUT", "DELETE"].map((method): HostileCase => ({
      name: `dry run by ${method}`,
      method,
      path: "generation/text-to-image?dry_run=true",
      headers: headersOf(caller.token),
      error: "method_not_allowed",
    })),
  ];
}
