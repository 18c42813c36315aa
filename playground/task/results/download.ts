import { type Asset, promptOf, type Task } from "../task.ts";

const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/svg+xml": "svg",
  "model/gltf-binary": "glb",
};

/** As many words of the prompt as a folder shows. */
const MAX_WORDS = 6;

/** A file name that says what it is: `violet-flying-elephant-text-to-image-2.png`. */
export function fileNameOf(task: Task, index: number): string {
  const asset = task.assets[index];
  const words = (promptOf(task) ?? "").normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase()
    .match(/[\p{Letter}\p{Number}]+/gu) ?? [];
  const number = task.assets.length > 1 ? [String(index + 1)] : [];
  const name = [...words.slice(0, MAX_WORDS), task.operation, ...number].join("-");
  return `${name}.${asset ? endingOf(asset) : "bin"}`;
}

function endingOf({ mediaType, url }: Asset): string {
  return ENDINGS[mediaType ?? ""] ?? /\.(\w+)(?:\?|$)/.exec(url)?.[1] ?? "bin";
}

/** Saves a file of another origin under a name: a browser takes names for links of its own origin only. */
export async function saveAs(url: string, name: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The file could not be read: ${response.status}`);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
