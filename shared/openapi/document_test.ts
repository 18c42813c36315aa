import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { z } from "zod";
import { operationIds } from "../contract/operations.ts";
import { parseCommand } from "../generation/command.ts";
import { providersOf } from "../providers/catalog.ts";
import { openApiDocument } from "./document.ts";
import { exampleAnswers, pendingStatus } from "./example_answers.ts";
import { requestSchemaName } from "./request_schemas.ts";

const document = openApiDocument("https://project.example/functions/v1");

/** What the document thinks of a request. */
function accepts(schemaName: string, body: unknown): boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: "api" });
  return ajv.validate({ $ref: `api#/components/schemas/${schemaName}` }, body);
}

Deno.test("the document is OpenAPI 3.1, as a validator sees it", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  assert.equal(valid, true, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

Deno.test("the validator notices what is wrong", async () => {
  const { info: _, ...rest } = structuredClone(document);
  assert.equal((await new Validator().validate(rest)).valid, false);
});

Deno.test("every example of an answer is one", async (t) => {
  for (const [name, example] of Object.entries(exampleAnswers)) {
    await t.step(name, () => assert.ok(accepts(name, example)));
  }
  assert.ok(accepts("Status", pendingStatus));
  assert.equal(accepts("Status", { ...exampleAnswers.Status, status: "done" }), false);
});

Deno.test("every reference of the document leads somewhere", () => {
  const text = JSON.stringify(document);
  const names = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) =>
    name ?? ""
  );
  assert.ok(names.length > 40);
  for (const name of names) assert.ok(text.includes(`"${name}":{`), name);
});

Deno.test("what a user asks for may be refused with a 429, and whatever asks the database with a 503", () => {
  const security = z.array(z.unknown());
  const responses = z.record(z.string(), z.looseObject({ headers: z.unknown().optional() }));
  const paths = z.record(z.string(), z.record(z.string(), z.looseObject({ responses, security })))
    .parse(document["paths"]);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const isUsers = JSON.stringify(operation.security).includes("userToken");
      assert.equal("401" in operation.responses, operation.security.length > 0, path);
      assert.equal("429" in operation.responses, isUsers, `${method} ${path}`);
      const isOfCode = /\/(?:openapi\.json|llms.*\.txt)$/.test(path);
      assert.equal("503" in operation.responses, !isOfCode, path);
      for (const [status, answer] of Object.entries(operation.responses)) {
        // When to come back.
        const isPassing = ["429", "503"].includes(status);
        assert.equal(JSON.stringify(answer).includes('"Retry-After"'), isPassing, status + path);
      }
    }
  }
});

Deno.test("each submit can be tried, and tells which quota is reached", () => {
  const json = (schema: string) =>
    z.object({
      content: z.object({
        "application/json": z.object({
          schema: z.object({ $ref: z.literal(`#/components/schemas/${schema}`) }),
        }),
      }),
    });
  const submit = z.object({
    parameters: z.tuple([
      z.looseObject({ name: z.literal("dry_run"), in: z.literal("query") }),
      z.looseObject({ name: z.literal("traceparent"), in: z.literal("header") }),
    ]),
    responses: z.object({
      200: json("DryRun"),
      202: json("Accepted"),
      429: z.looseObject({ description: z.literal("rate_limited, quota_exceeded") }),
    }),
  });
  const paths = z.record(z.string(), z.looseObject({ post: z.unknown().optional() })).parse(
    document["paths"],
  );
  for (const id of operationIds) {
    submit.parse(paths[`/generation/${id}`]?.post, { reportInput: true });
  }
});

Deno.test("each pair has an example that the document and the service accept", async (t) => {
  for (const operation of operationIds) {
    for (const [provider, { example }] of providersOf(operation)) {
      await t.step(`${operation} by ${provider}`, () => {
        const name = requestSchemaName(operation, provider);
        const body = { task_id: "task-1", provider, ...example };
        assert.ok(accepts(name, body));
        assert.equal(parseCommand(operation, body).provider, provider);
        assert.ok(!accepts(name, { ...body, provider: "nobody" }));
        assert.ok(!accepts(name, { ...body, colour: "red" }));
      });
    }
  }
});

Deno.test("every request of a user may carry a traceparent", () => {
  const parameters = z.array(z.object({ name: z.string(), in: z.string() })).default([]);
  const operation = z.object({ parameters, security: z.array(z.unknown()) });
  const paths = z.record(z.string(), z.record(z.string(), operation)).parse(document["paths"]);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { parameters, security }] of Object.entries(methods)) {
      const isThere = parameters.some((one) => one.name === "traceparent" && one.in === "header");
      const isUsers = JSON.stringify(security).includes("userToken");
      assert.equal(isThere, isUsers, `${method} ${path}`);
    }
  }
});
