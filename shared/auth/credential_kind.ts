import { decodeJwt } from "jose/jwt/decode";

/** What somebody may send where something else belongs. */
export type CredentialKind = "publishable_key" | "secret_key" | "api_key" | "user_token";

const BEGINNINGS = {
  sb_publishable_: "publishable_key",
  sb_secret_: "secret_key",
  m3d_: "api_key",
} as const;

/** Roles of the project's keys of the older kind, which are tokens. */
const ROLES: Readonly<Record<string, CredentialKind>> = {
  anon: "publishable_key",
  service_role: "secret_key",
  authenticated: "user_token",
};

/**
 * What a text looks like, to tell a developer who has mixed two up; undefined for any other. Nothing
 * is checked, so it opens nothing.
 */
export function credentialKind(text: string): CredentialKind | undefined {
  for (const [beginning, kind] of Object.entries(BEGINNINGS)) {
    if (text.startsWith(beginning)) return kind;
  }
  const role = roleOf(text);
  return typeof role === "string" && Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
}

/** The role that a token claims. */
function roleOf(text: string): unknown {
  try {
    return decodeJwt(text)["role"];
  } catch {
    return undefined;
  }
}
