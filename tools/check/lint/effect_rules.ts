/** An effect that only some of the deployed files may have. */
export interface EffectRule {
  /** The expression that has the effect, as it is written. */
  readonly expression: string;
  readonly reason: string;
  readonly allowedIn: RegExp;
}

const ENTRY = /^supabase\/functions\/[^/]+\/index\.ts$/;

export const effectRules: readonly EffectRule[] = [
  { expression: "Deno.env", reason: "settings are read once, at the start", allowedIn: ENTRY },
  {
    expression: "Deno.serve",
    reason: "everything else can be tested without a server",
    allowedIn: ENTRY,
  },
  {
    expression: "createClient",
    reason: "clients are built at the start, and only Storage needs one",
    allowedIn: /^supabase\/functions\/[^/]+\/index\.ts$|^shared\/storage\//,
  },
  {
    expression: "fetch",
    reason: "what asks a provider goes through transport/send.ts, which sends nothing twice",
    allowedIn: new RegExp(
      [
        ENTRY.source,
        "^shared/(?:auth|storage)/",
        // What it asks costs nothing.
        "^shared/moderation/openai_moderation\\.ts$",
        "^shared/providers/transport/(?:send|download)\\.ts$",
        "^shared/wake_up\\.ts$",
      ].join("|"),
    ),
  },
];
