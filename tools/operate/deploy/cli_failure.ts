import { z } from "zod";

/** What the official CLI prints, in a line of its own, where it fails. */
const failureSchema = z.object({
  _tag: z.literal("Error"),
  error: z.object({
    code: z.string(),
    message: z.string(),
    suggestion: z.string().optional(),
  }),
});

const NO_LOGIN = /^(?:AccessToken|\w*Login)Required/;

/** The failure of the CLI in words for whoever deploys, who has our options and not the CLI's. */
export function cliFailure(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const failure = cause.message.split("\n").map(readFailure).find((found) => found !== undefined);
  if (!failure) return cause;
  const { code, message, suggestion } = failure;
  if (NO_LOGIN.test(code)) {
    return new Error(
      "You are not logged in to Supabase. Log in with npx -y supabase@3.1.0 login, or set " +
        "SUPABASE_ACCESS_TOKEN, and run the same again",
      { cause },
    );
  }
  const advice = suggestion?.replaceAll("--remote=", "--database ");
  return new Error(
    [`The Supabase CLI says: ${message}`, advice].filter((part) => part).join("\n"),
    { cause },
  );
}

function readFailure(line: string): z.infer<typeof failureSchema>["error"] | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return failureSchema.safeParse(JSON.parse(line)).data?.error;
  } catch {
    return undefined;
  }
}
