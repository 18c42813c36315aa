import { ApiError } from "../contract/errors.ts";
import { traceHeaders } from "../current_trace.ts";

const TIMEOUT_MILLISECONDS = 15_000;

export interface AuthUsersSettings {
  readonly supabaseUrl: string;
  readonly secretKey: string;
}

/** The users of Auth, past all rights. */
export interface AuthUsers {
  /**
   * Deletes a user; one that is gone already is no failure. Throws an ApiError (503) if Auth does not
   * answer.
   */
  delete(userId: string): Promise<void>;
}

/**
 * Auth's admin API (https://supabase.com/docs/reference/api, `DELETE /admin/users/{user_id}`), by plain
 * HTTP, because a function that answers apps must not load a whole client for it.
 */
export function createAuthUsers({ supabaseUrl, secretKey }: AuthUsersSettings): AuthUsers {
  return {
    async delete(userId) {
      const response = await fetch(`${supabaseUrl}/auth/v1/admin/users/${userId}`, {
        method: "DELETE",
        headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, ...traceHeaders() },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      }).catch((cause) => {
        throw unavailable(cause);
      });
      const text = await response.text();
      if (response.ok || response.status === 404) return;
      const failure = new Error(`Auth deletes no user: ${response.status} ${text}`);
      throw response.status >= 500 || response.status === 429 ? unavailable(failure) : failure;
    },
  };
}

function unavailable(cause: unknown): ApiError {
  const message = "The account cannot be deleted completely at the moment; send this again";
  return new ApiError("unavailable", message, { cause });
}
