import * as z from "zod/mini";

const settingsSchema = z.object({
  /** The project's address: `https://ref.supabase.co`. */
  url: z.string(),
  publishable_key: z.string(),
  /** The app's key of the backend. */
  api_key: z.string(),
  /** Who is signed in without being asked: the local stack's test user. */
  user: z.optional(z.object({ email: z.string(), password: z.string() })),
  /** Who sees lanes and money there. */
  operator: z.optional(z.object({ email: z.string(), password: z.string() })),
  /** Whether the page is the local stack's own, which may be broken on purpose. */
  is_local: z.optional(z.boolean()),
});

/** Which backend the page uses. */
export type Settings = z.infer<typeof settingsSchema>;

const KEPT = "makeit3d-playground:settings";

/**
 * The settings beside the page (`playground.json`, which the local stack serves and an owner may put
 * into the folder), else those that were entered here before; undefined: they have to be entered.
 */
export async function loadSettings(): Promise<Settings | undefined> {
  return await beside() ?? kept();
}

export function keepSettings(settings: Settings): void {
  localStorage.setItem(KEPT, JSON.stringify(settings));
}

async function beside(): Promise<Settings | undefined> {
  try {
    const response = await fetch("playground.json");
    return settingsSchema.safeParse(await response.json()).data;
  } catch {
    // A static host may answer its own page for what it does not have.
    return undefined;
  }
}

function kept(): Settings | undefined {
  try {
    const { data } = settingsSchema.safeParse(JSON.parse(localStorage.getItem(KEPT) ?? "null"));
    return data;
  } catch {
    return undefined;
  }
}
