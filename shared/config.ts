import { z } from "zod";
import { LONGEST_TOKEN_SECONDS } from "./auth/token_life.ts";
import type { TokenSettings } from "./auth/user_token.ts";
import type { DatabaseUrl } from "./database.ts";
import { faultOfDatabaseAddress } from "./database_address.ts";
import { open, openUrl, secretUrl } from "./setting_secrecy.ts";

/* Groups of settings; each function's `settings.ts` says which of them it reads. */

const text = z.string().optional();
/** A URL that paths are appended to. */
export function url(): z.ZodType<string, string> {
  return z.url().transform((value) => value.replace(/\/+$/, ""));
}

/** A JSON setting of the platform. */
function json<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema> | undefined> {
  return text.transform((value, context) => {
    if (value === undefined) return undefined;
    const result = schema.safeParse(parseJson(value));
    if (result.success) return result.data;
    context.addIssue("is not the JSON expected here");
    return z.NEVER;
  });
}

/** A certificate as PEM. Env files that have no lines in values write them as `\\n`. */
const certificate = z.string()
  .transform((value) => value.replaceAll("\\n", "\n").trim())
  .pipe(
    z.string().regex(
      /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----/,
      "must be a certificate as PEM, from -----BEGIN CERTIFICATE----- on",
    ),
  );

export const database = {
  /** The transaction pooler's: a secret of our own, because SUPABASE_DB_URL is the direct connection. */
  DATABASE_URL: secretUrl(text.superRefine((address, context) => {
    const fault = address === undefined ? undefined : faultOfDatabaseAddress(address);
    if (fault !== undefined) context.addIssue(fault);
  })),
  /** The platform's own; looked at only where it is used. */
  SUPABASE_DB_URL: secretUrl(text),
  /** Root certificate of a database that is not the platform's; or to demand TLS of the platform's. */
  DATABASE_CA: open(certificate.optional()),
};

export const project = {
  SUPABASE_URL: openUrl(url()),
  /** Where apps reach the project; inside a container SUPABASE_URL is an internal name. */
  PUBLIC_SUPABASE_URL: openUrl(url().optional()),
};

const keys = z.array(z.looseObject({ kty: z.string() }));

/** The platform's, in whatever shape: what is no key set is none, for Auth has it, too. */
const keySet = text.transform((value) => {
  const shapes = z.union([z.object({ keys }), keys.transform((keys) => ({ keys }))]);
  return shapes.safeParse(parseJson(value ?? "")).data;
});

export const tokens = {
  SUPABASE_JWKS: open(keySet),
  /** Only for projects whose tokens are signed with HS256. */
  JWT_SECRET: text,
  /** Users without an account: anybody can make up as many as they like. */
  ALLOW_ANONYMOUS_USERS: z.stringbool().default(false),
  /** For how long a user's token may be good. Below what the project's Auth gives, all are refused. */
  MAX_TOKEN_SECONDS: z.coerce.number().positive().default(LONGEST_TOKEN_SECONDS),
};

const perMinute = z.coerce.number().int().positive();

/** How much of one isolate is a single user's; users have as many times of it as isolates serve them. */
export const userLimits = {
  /** Status reads, cancellations and submits. Default: 20 tasks are polled each second. */
  USER_REQUESTS_PER_MINUTE: perMinute.default(1_200),
};

export const refusalLimits = {
  /** Submits that are refused, each of which may cost look-ups in the database and in Storage. */
  USER_REFUSALS_PER_MINUTE: perMinute.default(60),
};

export const browsers = {
  /** From which web pages browsers may call the API: `*`, or a list. Other apps do not ask. */
  CORS_ORIGINS: open(
    z.string().default("*").transform((value, context) => {
      const origins = value.split(",").map((origin) => origin.trim());
      if (origins.every((origin) => origin === "*" || isOrigin(origin))) return origins;
      context.addIssue("must be * or origins like https://app.example, with commas between them");
      return z.NEVER;
    }),
  ),
};

/** What each function of the API reads. */
export const api = { ...database, ...project, ...tokens, ...userLimits, ...browsers };

export const secretKeys = {
  SUPABASE_SECRET_KEYS: json(z.record(z.string(), z.string())),
  SUPABASE_SERVICE_ROLE_KEY: text,
};

/** For what a user may do as well; they only say which project is meant. */
export const publicKeys = {
  SUPABASE_PUBLISHABLE_KEYS: json(z.record(z.string(), z.string())),
  SUPABASE_ANON_KEY: text,
};

/** Whether everybody who has a result's URL may read it. Must be what the bucket is. */
export const resultAccess = { GENERATED_BUCKET_PUBLIC: z.stringbool().default(true) };

export const results = {
  GENERATED_BUCKET: open(z.string().default("generated")),
  ...resultAccess,
};

const secret = z.string().trim().min(16);
export const workerSecret = {
  /** The first is sent, each opens: two, with a comma between, while one takes the other's place. */
  WORKER_SECRET: z.string().transform((value) => value.split(",")).pipe(
    z.tuple([secret], secret),
  ),
};

export const isolate = {
  /**
   * Life of an isolate, in seconds: 150 on the Free plan, 400 on a paid one
   * (https://supabase.com/docs/guides/functions/limits).
   */
  ISOLATE_SECONDS: z.coerce.number().positive().default(150),
};

/** The check of content before the queue. */
export const moderation = {
  /** openai: by its moderation endpoint, with OPENAI_API_KEY. */
  MODERATION: open(z.enum(["off", "openai"]).default("off")),
  /** Whether what cannot be checked, because the service is away, is refused with a 503. */
  MODERATION_REQUIRED: z.stringbool().default(true),
};

export const budget = {
  /** Seconds from the start of the isolate after which nothing more is claimed. */
  WORKER_BUDGET_SECONDS: z.coerce.number().positive().default(50),
};

/**
 * Reads settings once, at the start of a function. Throws an error that names every setting that is
 * missing or unusable, and never shows a value.
 */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema & { readonly shape: Record<string, unknown> },
  read: (name: string) => string | undefined,
): z.output<Schema> {
  // An empty setting is a missing one: `NAME=` in an env file means what it looks like.
  const values = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, read(name) || undefined]),
  );
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(
    (issue) =>
      `${issue.path.join(".")}: ${values[String(issue.path[0])] ? issue.message : "missing"}`,
  );
  return refuse(reasons.join("; "));
}

/** The database that a function, or a command, works on. Throws an error that never shows the address. */
export function databaseUrlOf({
  DATABASE_URL,
  SUPABASE_DB_URL,
  DATABASE_CA,
}: z.output<z.ZodObject<typeof database>>): DatabaseUrl {
  const url = required(DATABASE_URL ?? SUPABASE_DB_URL, "DATABASE_URL");
  const fault = faultOfDatabaseAddress(url);
  if (fault !== undefined) refuse(`SUPABASE_DB_URL: ${fault}, or set DATABASE_URL`);
  return {
    url,
    isPooled: DATABASE_URL !== undefined,
    ...(DATABASE_CA !== undefined && { ca: DATABASE_CA }),
  };
}

/** URL under which apps reach the project. */
export function publicUrlOf({
  SUPABASE_URL,
  PUBLIC_SUPABASE_URL,
}: z.output<z.ZodObject<typeof project>>): string {
  return PUBLIC_SUPABASE_URL ?? SUPABASE_URL;
}

/** What it takes to check a user's token. */
export function tokenSettingsOf(
  values: z.output<z.ZodObject<typeof project & typeof tokens>>,
): TokenSettings {
  return {
    keySet: values.SUPABASE_JWKS,
    keySetUrl: `${values.SUPABASE_URL}/auth/v1/.well-known/jwks.json`,
    secret: values.JWT_SECRET,
    issuers: [values.SUPABASE_URL, publicUrlOf(values)].map((url) => `${url}/auth/v1`),
    allowAnonymous: values.ALLOW_ANONYMOUS_USERS,
    maxTokenSeconds: values.MAX_TOKEN_SECONDS,
  };
}

/** The key that reads and writes Storage past all policies. */
export function secretKeyOf({
  SUPABASE_SECRET_KEYS,
  SUPABASE_SERVICE_ROLE_KEY,
}: z.output<z.ZodObject<typeof secretKeys>>): string {
  return required(
    firstChoice(SUPABASE_SECRET_KEYS) ?? SUPABASE_SERVICE_ROLE_KEY,
    "SUPABASE_SECRET_KEYS",
  );
}

/** The key that apps call the project with; none if the platform gives none. */
export function publicKeyOf({
  SUPABASE_PUBLISHABLE_KEYS,
  SUPABASE_ANON_KEY,
}: z.output<z.ZodObject<typeof publicKeys>>): string | undefined {
  return firstChoice(SUPABASE_PUBLISHABLE_KEYS) ?? SUPABASE_ANON_KEY;
}

/** A project may have several keys of a kind; the standard one has this name. */
function firstChoice(keys: Readonly<Record<string, string>> | undefined): string | undefined {
  return keys?.["default"] ?? Object.values(keys ?? {})[0];
}

function required(value: string | undefined, name: string): string {
  return value ?? refuse(`${name}: missing`);
}

function refuse(reasons: string): never {
  throw new Error(`Cannot start, settings are wrong: ${reasons}`);
}

/** Scheme, host and port, and nothing behind them: as browsers name the page that asks. */
function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
