import { assetPath, assetUrl, parseAssetUrl, type StorageObject } from "./asset_url.ts";
import type { UrlSigner } from "./url_signer.ts";

export interface ResultUrls {
  /**
   * URLs of results that an app can use now, in order. They may be those of several tasks.
   *
   * @param stored From the task's row, whether the bucket was public or private when it was written.
   * @param authorization The header of the request of the caller, who owns the task.
   */
  forCaller(stored: readonly string[], authorization: string): Promise<string[]>;
}

export interface ResultSettings {
  /** URLs the project is known under; apps use the first. */
  readonly projectUrls: readonly [string, ...string[]];
  /** Whether everybody who has the URL of a result may read it. */
  readonly isPublic: boolean;
}

export function createResultUrls(
  { projectUrls, isPublic }: ResultSettings,
  signer: UrlSigner,
): ResultUrls {
  const [publicUrl] = projectUrls;

  /** By `assetPath`. One call signs all of a bucket; there are two where the operator has changed it. */
  async function sign(
    objects: readonly StorageObject[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>> {
    if (isPublic) return new Map();
    const buckets = [...Map.groupBy(objects, ({ bucket }) => bucket)];
    const signed = await Promise.all(buckets.map(async ([bucket, members]) => {
      const urls = await signer.sign(bucket, members.map(({ path }) => path), authorization);
      return [...urls].map(([path, url]): [string, string] => [assetPath({ bucket, path }), url]);
    }));
    return new Map(signed.flat());
  }

  return {
    async forCaller(stored, authorization) {
      const objects = stored.map((url) => parseAssetUrl(url, projectUrls));
      const signed = await sign(objects.filter((object) => object !== undefined), authorization);
      return objects.map((object, index) => {
        // The project's URL changed since: return what was stored.
        if (!object) return stored[index] ?? "";
        // A file that was removed keeps its place in the list; its URL leads to a 404.
        return signed.get(assetPath(object)) ??
          assetUrl(publicUrl, object, isPublic ? "public" : "authenticated");
      });
    },
  };
}
