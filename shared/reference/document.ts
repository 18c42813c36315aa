import { z } from "zod";

/** As much of a JSON schema as the reference shows. */
const property = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
});

export type Property = z.infer<typeof property>;

const schema = z.looseObject({
  description: z.string().optional(),
  properties: z.record(z.string(), property),
  required: z.array(z.string()).default([]),
  examples: z.array(z.unknown()).default([]),
});

export type Schema = z.infer<typeof schema>;

const parameters = z
  .array(z.object({
    name: z.string(),
    in: z.enum(["query", "header", "path"]),
    description: z.string().optional(),
  }))
  .default([]);

const submission = z.object({
  summary: z.string(),
  parameters,
  requestBody: z.object({
    content: z.object({
      "application/json": z.object({
        schema: z.object({
          discriminator: z.object({ mapping: z.record(z.string(), z.string()) }),
        }),
        examples: z.record(z.string(), z.object({ summary: z.string(), value: z.unknown() })),
      }),
    }),
  }),
});

const plainMethod = z.object({
  summary: z.string(),
  description: z.string().optional(),
  parameters,
});

/** A request that is no submit. */
export type PlainMethod = z.infer<typeof plainMethod>;

/** What else is posted than submits is `send`. */
const paths = z.record(z.string(), z.record(z.string(), z.unknown()))
  .transform((all) => {
    const isSubmit = (path: string): boolean => path.startsWith("/generation/");
    return Object.fromEntries(
      Object.entries(all).map(([path, { post, ...others }]) => [
        path,
        { ...others, ...(isSubmit(path) ? { post } : post !== undefined && { send: post }) },
      ]),
    );
  })
  .pipe(z.record(
    z.string(),
    z.looseObject({
      post: submission.optional(),
      get: plainMethod.optional(),
      delete: plainMethod.optional(),
      send: plainMethod.optional(),
    }),
  ));

const documentSchema = z.looseObject({
  info: z.looseObject({ version: z.string(), description: z.string() }),
  paths,
  components: z.looseObject({ schemas: z.record(z.string(), schema) }),
});

export type ApiReference = z.infer<typeof documentSchema>;

/** Reads the parts of an OpenAPI document that the reference page is made of. */
export function readDocument(document: unknown): ApiReference {
  return documentSchema.parse(document);
}
