import { API_ERROR_STATUS } from "../contract/errors.ts";
import { traceparent } from "../openapi/answers.ts";
import { operatorSchemaNames } from "../openapi/operator_schemas.ts";
import type { ApiReference, PlainMethod, Schema } from "./document.ts";
import { exampleRequest } from "./example_requests.ts";
import { code, valuesOf } from "./values.ts";

const PLAIN_METHODS = ["get", "send", "delete"] as const;

type Submission = NonNullable<ApiReference["paths"][string]["post"]>;

/** The reference page, in Markdown, made of the API's OpenAPI document. */
export function renderReference(document: ApiReference): string {
  const { info, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, { post }]) =>
    post ? [renderOperation(path, post, components.schemas)] : []
  );
  return [
    `# The API`,
    `Version ${info.version}. ${info.description}`,
    "Made from the schemas that check requests. The same as OpenAPI 3.1 is at " +
    "`GET {base}/generation/openapi.json`, and as plain text, after a program with the client, at " +
    "`GET {base}/generation/llms-full.txt`; `{base}` is `{SUPABASE_URL}/functions/v1`. Every request but " +
    "`health`, `metrics`, `openapi.json`, `llms.txt` and `llms-full.txt` carries `X-API-Key` and " +
    "`Authorization: Bearer`.",
    ...renderParameters(submitOf(document).parameters.filter(isOfEachRequest)),
    renderOverview(paths),
    "The others:",
    renderOthers(paths),
    ...operations,
    ...renderMethod("get", "/tasks/{celery_task_id}/status", document),
    "Also `GET /tasks-status/{celery_task_id}`. Absent values are left out.",
    table(schemaOf(components.schemas, "Status"), "Always"),
    "`eta` has `seconds`: the task is done as often sooner as later; `seconds_max`: nine times of ten it " +
    "is done by then; and `based_on`: `history` (the last runs of the same operation, provider and model) " +
    "or `typical` (what is usual, while there are few runs). `queue_position` and `eta` may be a second " +
    "old.",
    "Each of `assets`, as its bytes tell; what cannot be read is left out:",
    table(schemaOf(components.schemas, "Asset"), "Always"),
    ...renderMethod("get", "/tasks", document),
    "Also `GET /tasks-status`.",
    table(schemaOf(components.schemas, "TaskList"), "Always"),
    ...renderMethod("send", "/tasks/{celery_task_id}/report", document),
    "Also `POST /tasks-status/{celery_task_id}/report`.",
    table(schemaOf(components.schemas, "Report"), "Required"),
    "The answer:",
    table(schemaOf(components.schemas, "Reported"), "Always"),
    ...renderMethod("delete", "/tasks/{celery_task_id}", document),
    "Also `DELETE /tasks-status/{celery_task_id}`. The answer to a cancellation:",
    table(schemaOf(components.schemas, "Canceled"), "Always"),
    "A purge, and its answer:",
    exampleRequest("DELETE /tasks/{celery_task_id}?purge=true"),
    table(schemaOf(components.schemas, "Purged"), "Always"),
    ...renderMethod("get", "/account", document),
    table(schemaOf(components.schemas, "Account"), "Always"),
    "`images`, `models`, `usd` and `active_tasks` are objects with `used`, `allowed` and `left`; " +
    "`allowed` and `left` are null where there is no limit.",
    ...renderMethod("delete", "/account", document),
    table(schemaOf(components.schemas, "AccountDeleted"), "Always"),
    "## Answer to an accepted request",
    exampleRequest("POST /generation/{operation}"),
    "Status 202, and `Idempotency-Replayed: true` if the same request had been accepted before.",
    table(schemaOf(components.schemas, "Accepted"), "Always"),
    "## Dry run: `POST /generation/{operation}?dry_run=true`",
    ...renderParameters(withoutShared(submitOf(document).parameters)),
    "Status 200. A dry run of what was accepted before is one of a replay: it has `replayed` and the " +
    "task's id, and costs nothing.",
    exampleRequest("POST /generation/{operation}?dry_run=true"),
    table(schemaOf(components.schemas, "DryRun"), "Always"),
    ...renderMethod("get", "/generation/availability", document),
    table(schemaOf(components.schemas, "Availability"), "Always"),
    "Each of `operations` has `operation`, `provider`, `availability` (`open`, `busy` or `closed`) and, " +
    "where it is known, `expected_start_seconds`.",
    ...renderMethod("get", "/generation/health", document),
    table(schemaOf(components.schemas, "Health"), "Always"),
    ...renderMethod("get", "/generation/metrics", document),
    "With the worker's secret, in `apikey` or as `Authorization: Bearer`; without it a 401.",
    "```text\n# HELP makeit3d_live_workers " +
    "Workers that have tasks and are in touch; 0 is all right where nothing waits.\n# TYPE makeit3d_live_workers gauge\n" +
    "makeit3d_live_workers 2\n```",
    ...renderMethod("get", "/operator", document),
    table(schemaOf(components.schemas, "Operator"), "Always"),
    ...renderMethod("send", "/operator", document),
    ...renderActions(components.schemas),
    "The answer:",
    table(schemaOf(components.schemas, "OperatorAction"), "Always"),
    ...renderMethod("get", "/generation/openapi.json", document),
    '```json\n{ "openapi": "3.1.0", "info": { "title": "MakeIt3D" }, "paths": {} }\n```',
    ...renderMethod("get", "/generation/llms.txt", document),
    "```text\n# MakeIt3D\n\n> Images and 3D models by AI services.\n\n## A program with the client\n```",
    ...renderMethod("get", "/generation/llms-full.txt", document),
    "```text\n# MakeIt3D\n\n## A program with the client\n\n# The API\n```",
    "## Refusals",
    "Every refusal has this body; 401 and 403 have `error` and `message` only. A 429 and a 503 say in " +
    "the header `Retry-After` after how many seconds to try again. After a 429 nothing was queued; " +
    "after a 503 it may have been: the same request again is safe. To poll each unfinished task once a " +
    "second meets no limit. A `429 quota_exceeded` is for a quota of the user's plan, and has `limit`, " +
    "`used`, `allowed` and `resets_at`; `GET /account` tells all quotas. A 503 is also for what the app, " +
    "the provider or the service may spend, and says so in its message. A `400 invalid_request` is also for " +
    "what the user's plan does not have; it names the field, the plan, and what is allowed. A dry run that " +
    "is refused counts as a refused submit. A 403 `This account is blocked` is for all that the user asks for, until the " +
    "project's operators end it; a 401 is for a token, and a new one may do.",
    table(schemaOf(components.schemas, "Error"), "Always"),
    renderErrors(),
  ].join("\n\n") + "\n";
}

/** What operators may do, each with its fields. */
function renderActions(schemas: ApiReference["components"]["schemas"]): string[] {
  return operatorSchemaNames.flatMap((name) => {
    const schema = schemaOf(schemas, name);
    return [`${schema.description}:`, table(schema, "Required")];
  });
}

/** Which operation is offered by whom. */
function renderOverview(paths: ApiReference["paths"]): string {
  const rows = Object.entries(paths).flatMap(([path, { post }]) => {
    if (!post) return [];
    const { schema } = post.requestBody.content["application/json"];
    const providers = Object.keys(schema.discriminator.mapping).map(code).join(", ");
    return [[linkTo(`POST ${path}`), providers]];
  });
  return markdownTable(["Request", "`provider`"], rows);
}

/** The requests that submit nothing, once each: a function's own name for a path is told there. */
function renderOthers(paths: ApiReference["paths"]): string {
  const rows = Object.entries(paths)
    .filter(([path]) => !path.startsWith("/tasks-status"))
    .flatMap(([path, methods]) =>
      PLAIN_METHODS.flatMap((method) => {
        const operation = methods[method];
        return operation ? [[linkTo(nameOf(method, path)), operation.summary]] : [];
      })
    );
  return markdownTable(["Request", "What it does"], rows);
}

/** To the section of that title. */
function linkTo(title: string): string {
  const section = title.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-");
  return `[\`${title}\`](#${section})`;
}

function renderOperation(
  path: string,
  { summary, requestBody }: Submission,
  schemas: ApiReference["components"]["schemas"],
): string {
  const { schema, examples } = requestBody.content["application/json"];
  const pairs = Object.entries(schema.discriminator.mapping).map(([provider, reference]) => {
    const example = examples[provider];
    const pair = schemaOf(schemas, reference.split("/").at(-1) ?? "");
    return [
      `### ${example?.summary ?? provider}`,
      ...(pair.description ? [pair.description] : []),
      table(pair, "Required"),
      "```json\n" + JSON.stringify(example?.value, null, 2) + "\n```",
    ].join("\n\n");
  });
  return [`## \`POST ${path}\``, summary, ...pairs].join("\n\n");
}

function renderMethod(
  method: typeof PLAIN_METHODS[number],
  path: string,
  { paths }: ApiReference,
): string[] {
  const name = nameOf(method, path);
  const operation: PlainMethod | undefined = paths[path]?.[method];
  if (!operation) throw new Error(`The document has no ${name}`);
  const { summary, description, parameters } = operation;
  return [
    `## \`${name}\``,
    summary,
    ...(description === undefined ? [] : [description]),
    ...renderParameters(withoutShared(parameters)),
    exampleRequest(name),
  ];
}

function nameOf(method: typeof PLAIN_METHODS[number], path: string): string {
  return `${method === "send" ? "POST" : method.toUpperCase()} ${path}`;
}

type Parameter = PlainMethod["parameters"][number];

/** What is the same for each request of a user stands once, at the top of the page. */
function isOfEachRequest({ name }: Parameter): boolean {
  return name === traceparent.name;
}

function withoutShared(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter((parameter) => !isOfEachRequest(parameter));
}

function renderParameters(parameters: PlainMethod["parameters"]): string[] {
  const kinds = { query: "Query parameter", header: "Header", path: "Path parameter" };
  return parameters.flatMap(({ name, in: place, description }) =>
    description === undefined ? [] : [`${kinds[place]} \`${name}\`: ${description}`]
  );
}

/** All submits have the same parameters. */
function submitOf({ paths }: ApiReference): Submission {
  const submit = Object.values(paths).find(({ post }) => post)?.post;
  if (!submit) throw new Error("The document has no submit");
  return submit;
}

function schemaOf(schemas: ApiReference["components"]["schemas"], name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`The document has no schema ${name}`);
  return schema;
}

function table({ properties, required: always, examples }: Schema, heading: string): string {
  const rows = Object.entries(properties).map(([name, property]) => [
    `\`${name}\``,
    always.includes(name) ? "yes" : "",
    valuesOf(property),
    property.default === undefined ? "" : code(property.default),
    property.description ?? "",
  ]);
  return [
    markdownTable(["Field", heading, "Values", "Default", "Meaning"], rows),
    ...examples.map((example) => "```json\n" + JSON.stringify(example, null, 2) + "\n```"),
  ].join("\n\n");
}

function renderErrors(): string {
  const rows = Object.entries(API_ERROR_STATUS).map((
    [name, status],
  ) => [String(status), code(name)]);
  return markdownTable(["Status", "`error`"], rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
