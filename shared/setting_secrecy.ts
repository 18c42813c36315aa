import { z } from "zod";

/** What of a setting may be in logs and rows. A setting that declares nothing is secret as a whole. */
interface Secrecy {
  /** Its value is no secret. */
  readonly isOpen: boolean;
  /** It is a URL, whose password is secret and nothing else. */
  readonly isUrl: boolean;
}

const secrecies = z.registry<Secrecy>();

/** Declares a setting whose value is no secret. Must be the last call on the schema. */
export function open<Schema extends z.ZodType>(schema: Schema): Schema {
  secrecies.add(schema, { isOpen: true, isUrl: false });
  return schema;
}

/** Declares a setting that holds a URL; a password in it is secret. Must be the last call. */
export function openUrl<Schema extends z.ZodType>(schema: Schema): Schema {
  secrecies.add(schema, { isOpen: true, isUrl: true });
  return schema;
}

/** Declares a setting that is secret, except that of a URL only the password is. Must be the last call. */
export function secretUrl<Schema extends z.ZodType>(schema: Schema): Schema {
  secrecies.add(schema, { isOpen: false, isUrl: true });
  return schema;
}

/**
 * Everything in the settings that must not be in any log or row.
 *
 * @param settings The schema that the values were read with.
 */
export function secretsOf(
  settings: { readonly shape: Readonly<Record<string, z.ZodType>> },
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(settings.shape).flatMap(([name, schema]) => {
    const { isOpen = false, isUrl = false } = secrecies.get(schema) ?? {};
    return secretsIn(values[name], isOpen, isUrl);
  });
}

function secretsIn(value: unknown, isOpen: boolean, isUrl: boolean): readonly string[] {
  if (typeof value === "object" && value !== null) {
    return isOpen ? [] : Object.values(value).map(String);
  }
  if (typeof value !== "string") return [];
  // `a:b` parses as a URL, too, but no password would be found in it.
  if (isUrl && value.includes("://") && URL.canParse(value)) return passwordsIn(value);
  return isOpen ? [] : [value];
}

/** The password in a URL, encoded as it is written and decoded. */
function passwordsIn(url: string): readonly string[] {
  const { password } = new URL(url);
  try {
    return password ? [password, decodeURIComponent(password)] : [];
  } catch {
    return [password]; // a percent sign that does not begin an escape
  }
}
