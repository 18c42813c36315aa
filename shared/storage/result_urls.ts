import { assetUrl, parseAssetUrl, type StorageObject } from "./asset_url.ts";
import type { UrlSigner } from "./url_signer.ts";

export interface ResultUrls {
  /**
   * URLs of results that an app can use now, in order.
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
  async function sign(
    objects: readonly StorageObject[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>> {
    // Results of one task are stored together, so in one bucket.
    const [first] = objects;
    if (isPublic || !first) return new Map();
    return await signer.sign(first.bucket, objects.map(({ path }) => path), authorization);
  }

  return {
    async forCaller(stored, authorization) {
      const objects = stored.map(objectOf);
      const signed = await sign(objects.filter((object) => object !== undefined), authorization);
      return objects.map((object, index) => {
        if (!object) return stored[index] ?? "";
        // A file that was removed keeps its place in the list; its URL leads to a 404.
        return signed.get(object.path) ??
          assetUrl(publicUrl, object, isPublic ? "public" : "authenticated");
      });
    },
  };
}

/** A worker wrote the URL: it names the project's own file, also by an address of before. */
function objectOf(stored: string): StorageObject | undefined {
  return URL.canParse(stored) ? parseAssetUrl(stored, [new URL(stored).origin]) : undefined;
}
