import { z } from "zod";
import { traceHeaders } from "../current_trace.ts";
import { askStorage } from "./ask_storage.ts";
import { assetPath, type StorageObject } from "./asset_url.ts";

/** How long a signed URL is valid. */
const SIGNED_SECONDS = 3_600;

export interface UrlSigner {
  /**
   * Asks Storage for URLs that everybody can use for a while, for several files in one call. Returns
   * them by path, without those of files that the caller cannot read. Throws a StorageAway if Storage
   * does not answer.
   *
   * @param authorization The header of the caller's request: their rights decide.
   */
  sign(
    bucket: string,
    paths: readonly string[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>>;
}

export interface SigningSettings {
  readonly supabaseUrl: string;
  /** URL that apps use. */
  readonly publicUrl: string;
  /** Of the project, in case its gateway asks for one. It gives no rights. */
  readonly publicKey: string | undefined;
  /** How long a URL is valid. Default: an hour. */
  readonly seconds?: number;
}

/** What Storage answers; a file that does not exist, or that the caller may not read, has no URL. */
const answer = z.array(z.object({ path: z.string(), signedURL: z.string().nullish() }));

/** Plain HTTP, because a function that answers apps must not load a whole client for it. */
export function createUrlSigner(
  { supabaseUrl, publicUrl, publicKey, seconds = SIGNED_SECONDS }: SigningSettings,
): UrlSigner {
  return { sign };

  async function sign(
    bucket: string,
    paths: readonly string[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>> {
    const url = `${supabaseUrl}/storage/v1/object/sign/${encodeURIComponent(bucket)}`;
    const response = await askStorage(url, {
      method: "POST",
      headers: {
        authorization,
        "content-type": "application/json",
        ...(publicKey !== undefined && { apikey: publicKey }),
        ...traceHeaders(),
      },
      body: JSON.stringify({ expiresIn: seconds, paths }),
    });
    if (!response.ok) {
      throw new Error(`Storage signs nothing: ${response.status} ${await response.text()}`);
    }
    const signed = answer.parse(await response.json()).flatMap(
      ({ path, signedURL }): [string, string][] =>
        signedURL ? [[path, signedUrl({ bucket, path }, signedURL)]] : [],
    );
    return new Map(signed);
  }

  /** Storage tells the path as it is, also what would end one in a URL; only the token is taken. */
  function signedUrl(object: StorageObject, told: string): string {
    const token = told.slice(told.lastIndexOf("?token="));
    return `${publicUrl}/storage/v1/object/sign/${assetPath(object)}${token}`;
  }
}
