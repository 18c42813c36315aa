import { z } from "zod";

/** How long a signed address is good. */
const SIGNED_SECONDS = 3_600;

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Signs addresses of files, by their paths.
 *
 * @param authorization The header that the caller came with: their rights decide.
 */
export type SignAssets = (
  bucket: string,
  paths: readonly string[],
  authorization: string,
) => Promise<ReadonlyMap<string, string>>;

export interface SigningSettings {
  readonly supabaseUrl: string;
  /** Address that apps use. */
  readonly publicUrl: string;
  /** Of the project, in case its gateway asks for one. It gives no rights. */
  readonly publicKey: string | undefined;
}

/** What Storage answers; a file that is not there, or not the caller's, has no address. */
const answer = z.array(z.object({ path: z.string(), signedURL: z.string().nullish() }));

/**
 * Asks Storage for addresses that everybody can use for a while: of several files in one call, under
 * the caller's own rights. Plain HTTP, because a function that answers apps is not to load a whole
 * client for it. Returns addresses by path, without those of files that the caller cannot read.
 */
export function createSignAssets(
  { supabaseUrl, publicUrl, publicKey }: SigningSettings,
): SignAssets {
  return async (bucket, paths, authorization) => {
    const address = `${supabaseUrl}/storage/v1/object/sign/${encodeURIComponent(bucket)}`;
    const response = await fetch(address, {
      method: "POST",
      headers: {
        authorization,
        "content-type": "application/json",
        ...(publicKey !== undefined && { apikey: publicKey }),
      },
      body: JSON.stringify({ expiresIn: SIGNED_SECONDS, paths }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) {
      throw new Error(`Storage signs nothing: ${response.status} ${await response.text()}`);
    }
    const signed = answer.parse(await response.json()).flatMap(
      ({ path, signedURL }): [string, string][] =>
        signedURL ? [[path, `${publicUrl}/storage/v1${encodeURI(signedURL)}`]] : [],
    );
    return new Map(signed);
  };
}
