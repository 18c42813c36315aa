import { assetUrl, parseStoredUrl, type StorageObject } from "./asset_url.ts";
import type { UrlSigner } from "./url_signer.ts";

export interface ResultUrls {
  /**
   * URLs of results that an app can use now, in order; and behind them of what belongs to one. They may
   * be those of several tasks: one call signs all of a bucket.
   *
   * @param stored From the task's row, whether the bucket was public or private when it was written.
   * @param authorization The header of the request of the caller, who owns the task.
   */
  forCaller(stored: readonly string[], authorization: string): Promise<string[]>;
}

export interface ResultSettings {
  /** What apps know the project by now. */
  readonly publicUrl: string;
  /** Whether everybody who has the URL of a result may read it. */
  readonly isPublic: boolean;
}

export function createResultUrls(
  { publicUrl, isPublic }: ResultSettings,
  signer: UrlSigner,
): ResultUrls {
  /** URLs by path, for the files of one bucket. */
  async function sign(
    bucket: string,
    objects: readonly StorageObject[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>> {
    const paths = objects.flatMap((object) => object.bucket === bucket ? [object.path] : []);
    return await signer.sign(bucket, paths, authorization);
  }

  /** The same for several buckets, by their names. */
  async function signAll(
    objects: readonly StorageObject[],
    resultBucket: string | undefined,
    authorization: string,
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const buckets = new Set(objects.map(({ bucket }) => bucket));
    if (isPublic && resultBucket !== undefined) buckets.delete(resultBucket);
    const signed = [...buckets].map(async (bucket) => {
      const urls = await sign(bucket, objects, authorization).catch((error) => {
        if (bucket === resultBucket) throw error;
        // The input that a result was made of: the result is shown without.
        return new Map<string, string>();
      });
      return [bucket, urls] as const;
    });
    return new Map(await Promise.all(signed));
  }

  return {
    async forCaller(stored, authorization) {
      const objects = stored.map(parseStoredUrl);
      // Results are stored together. In all other buckets files are their owner's.
      const resultBucket = objects[0]?.bucket;
      const known = objects.filter((object) => object !== undefined);
      const signed = await signAll(known, resultBucket, authorization);
      return objects.map((object, index) => {
        if (!object) return stored[index] ?? "";
        // A file that was removed keeps its place in the list; its URL leads to a 404.
        const isOpen = isPublic && object.bucket === resultBucket;
        return signed.get(object.bucket)?.get(object.path) ??
          assetUrl(publicUrl, object, isOpen ? "public" : "authenticated");
      });
    },
  };
}
