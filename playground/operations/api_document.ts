import * as z from "zod/mini";

const propertySchema = z.object({
  type: z.optional(z.string()),
  enum: z.optional(z.array(z.union([z.string(), z.number()]))),
  default: z.optional(z.union([z.string(), z.number(), z.boolean()])),
  description: z.optional(z.string()),
  pattern: z.optional(z.string()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  maxItems: z.optional(z.number()),
});

/** A field of a request, as far as a form needs to know it. */
export type Property = z.infer<typeof propertySchema>;

const requestSchema = z.object({
  properties: z.record(z.string(), propertySchema),
  required: z._default(z.array(z.string()), []),
  description: z._default(z.string(), ""),
});

/** What one provider takes for one operation. */
export type RequestSchema = z.infer<typeof requestSchema>;

const exampleSchema = z.object({
  summary: z.optional(z.string()),
  value: z.record(z.string(), z.unknown()),
});

const operationSchema = z.object({
  operationId: z.string(),
  summary: z._default(z.string(), ""),
  requestBody: z.object({
    content: z.object({
      "application/json": z.object({
        schema: z.object({
          discriminator: z.object({ mapping: z.record(z.string(), z.string()) }),
        }),
        examples: z._default(z.record(z.string(), exampleSchema), {}),
      }),
    }),
  }),
});

/** An operation of the document, and who offers it. */
export type DocumentedOperation = z.infer<typeof operationSchema>;

const documentSchema = z.object({
  paths: z.record(z.string(), z.object({ post: z.optional(z.unknown()) })),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The parts of the backend's OpenAPI document that forms are made of. */
export interface ApiDocument {
  readonly operations: readonly DocumentedOperation[];
  readonly requestOf: (reference: string) => RequestSchema;
}

/** Reads a document. Throws what is wrong with one that is not the backend's. */
export function readDocument(json: unknown): ApiDocument {
  const { paths, components } = documentSchema.parse(json);
  const operations = Object.entries(paths).flatMap(([path, { post }]) => {
    // Other requests under that path have no provider.
    const { data } = operationSchema.safeParse(post);
    return path.startsWith("/generation/") && data ? [data] : [];
  });
  return {
    operations,
    requestOf: (reference) =>
      requestSchema.parse(components.schemas[reference.replace(/^.*\//, "")]),
  };
}
