import type { Asset, createMakeIt3D, MakeIt3D } from "../../../client/mod.ts";

export interface Order {
  readonly url: string;
  readonly apiKey: string;
  readonly token: string;
  readonly taskId: string;
  readonly prompt: string;
}

export interface Seen {
  readonly isSame: boolean;
  readonly scope: string | undefined;
  readonly results: readonly { readonly status: string; readonly assets: readonly Asset[] }[];
  readonly refused: readonly unknown[];
  readonly pending: number;
}

/** An app that uploads a photo, submits, is killed, and finds its result after the next start. */
export async function killAndResume(
  create: typeof createMakeIt3D,
  { url, apiKey, token, taskId, prompt }: Order,
  fetch: typeof globalThis.fetch,
): Promise<Seen> {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => Promise.resolve(kept.get(key) ?? null),
    setItem: (key: string, value: string) => Promise.resolve(kept.set(key, value)),
    removeItem: (key: string) => Promise.resolve(kept.delete(key)),
  };
  const accessToken = () => Promise.resolve(token);
  const start = (): MakeIt3D => create({ url, apiKey, accessToken, storage, fetch });

  const first = start();
  const image = { uri: "file:///photo.png", type: "image", mimeType: "image/png" };
  const request = { provider: "openai", prompt, image } as const;
  const { id } = await first.submit("image-to-image", request, { taskId, scope: "editor" });
  first.close();

  const second = start();
  const resumed = await second.resume();
  const results = await Promise.all(resumed.map((generation) => generation.result()));
  const refusal = await second.generate("text-to-image", { provider: "openai", prompt: "" })
    .catch((error) => error);
  const pending = await second.resume();
  second.close();
  return {
    isSame: resumed.length === 1 && resumed[0]?.id === id,
    scope: resumed[0]?.scope,
    results: results.map(({ status, assets }) => ({ status, assets })),
    refused: [refusal.name, refusal.code, refusal.fields],
    pending: pending.length,
  };
}
