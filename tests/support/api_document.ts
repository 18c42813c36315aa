import addFormats from "ajv-formats";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { z } from "zod";

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        responses: z.record(
          z.string(),
          z.looseObject({
            headers: z.record(z.string(), z.looseObject({ required: z.boolean().optional() }))
              .optional(),
            content: z.record(z.string(), z.unknown()).optional(),
          }),
        ),
      }),
    ),
  ),
});

/** An answer of the API as a client got it. */
export interface SeenAnswer {
  readonly method: string;
  /** Below the address of the functions, without the query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Tells whether answers are what the API's OpenAPI document promises. */
export class ApiDocument {
  readonly #paths: z.infer<typeof documentSchema>["paths"];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: unknown) {
    this.#paths = documentSchema.parse(document).paths;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ ...z.looseObject({}).parse(document), $id: "api" });
  }

  /** Throws an error that says what the document does not promise. */
  check({ method, path, status, headers, body }: SeenAnswer): void {
    const template = Object.keys(this.#paths).find((candidate) => matches(candidate, path));
    // Of addresses and methods that it does not know, the document says nothing but how errors look.
    const operation = template === undefined
      ? undefined
      : this.#paths[template]?.[method.toLowerCase()];
    const pointer = template && operation
      ? ["paths", template, method.toLowerCase(), "responses", String(status)]
      : undefined;
    const promised = operation?.responses[String(status)];
    if (operation && !promised) {
      throw new Error(`${method} ${path} answered ${status}, which its document does not know`);
    }
    for (const [name, { required }] of Object.entries(promised?.headers ?? {})) {
      if (required && !headers.has(name)) {
        throw new Error(`${method} ${path} answered ${status} without ${name}`);
      }
    }
    if (promised && !promised.content) {
      if (body === "") return;
      throw new Error(`${method} ${path} answered ${status} with a body`);
    }
    const [mediaType = ""] = (headers.get("content-type") ?? "").split(";");
    const validate = this.#validator(mediaType, pointer);
    if (validate(body)) return;
    const reasons = this.#ajv.errorsText(validate.errors);
    throw new Error(
      `${method} ${path} answered ${status} with ${JSON.stringify(body)}: ${reasons}`,
    );
  }

  #validator(mediaType: string, pointer: readonly string[] | undefined): ValidateFunction {
    const parts = pointer
      ? [...pointer, "content", mediaType, "schema"]
      : ["components", "schemas", "Error"];
    const reference = `api#/${parts.map(escape).join("/")}`;
    const known = this.#validators.get(reference);
    if (known) return known;
    const compiled = this.#ajv.compile({ $ref: reference });
    this.#validators.set(reference, compiled);
    return compiled;
  }
}

function matches(template: string, path: string): boolean {
  const [left, right] = [template.split("/"), path.split("/")];
  return left.length === right.length &&
    left.every((part, place) => part.startsWith("{") || part === right[place]);
}

/** https://www.rfc-editor.org/rfc/rfc6901, and what an address must not hold. */
function escape(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
