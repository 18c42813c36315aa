import { z } from "zod";
import { taskId } from "../contract/fields.ts";
import type { OperationId } from "../contract/operations.ts";
import { statusBody } from "../contract/responses.ts";
import { type ProviderId, providers, providersOf } from "../providers/catalog.ts";
import type { AnyProviderOperation } from "../providers/provider_operation.ts";
import { describeFiles } from "./file_limits.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** `ImageToImageByOpenai` */
export function requestSchemaName(operation: OperationId, provider: ProviderId): string {
  const words = [...operation.split("-"), "by", provider];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** A schema for the request of each pair of an operation. */
export function requestSchemas(operation: OperationId): Record<string, JsonObject> {
  return Object.fromEntries(
    providersOf(operation).map(([provider, declared]) => [
      requestSchemaName(operation, provider),
      requestSchema(provider, declared),
    ]),
  );
}

/** The body of an operation: the provider decides which of its pairs it is. */
export function requestBody(operation: OperationId): JsonObject {
  const pairs = providersOf(operation).map(([provider, { example }]) => ({
    provider,
    example: { task_id: `task-workspace-${operation}`, provider, ...example },
    reference: `#/components/schemas/${requestSchemaName(operation, provider)}`,
  }));
  return {
    required: true,
    content: {
      "application/json": {
        schema: {
          oneOf: pairs.map(({ reference }) => ({ $ref: reference })),
          discriminator: {
            propertyName: "provider",
            mapping: Object.fromEntries(
              pairs.map(({ provider, reference }) => [provider, reference]),
            ),
          },
        },
        examples: Object.fromEntries(
          pairs.map(({ provider, example }) => [
            provider,
            { summary: providers[provider].name, value: example },
          ]),
        ),
      },
    },
  };
}

function requestSchema(
  provider: ProviderId,
  { schema, assetLimits }: AnyProviderOperation,
): JsonObject {
  const envelope = z.strictObject({ task_id: taskId, provider: z.literal(provider) });
  const whole = z.strictObject({ ...envelope.shape, ...schema.shape });
  const description = describeFiles(assetLimits);
  return { ...toJsonSchema(whole, "input"), ...(description && { description }) };
}

/**
 * A body in the terms of OpenAPI. A status within another body is told once, where it is by itself.
 *
 * @param io What a client sends, with defaults still open; or what it receives.
 */
export function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== statusBody || schema === statusBody) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      jsonSchema.$ref = "#/components/schemas/Status";
    },
  });
  return rest;
}
