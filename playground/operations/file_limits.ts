import { brokenImageLimit, pixelsOf } from "../../shared/generation/image_limits.ts";
import { alternatives, kindNames } from "../../shared/inputs/kind_names.ts";

/** What a file is, as its bytes tell. */
export interface FileFacts {
  readonly mediaType: string;
  readonly bytes: number;
  /** Of an image, in pixels as it is seen. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** What a form takes as its files. */
export interface FileLimits {
  readonly mediaTypes: readonly string[];
  readonly maxBytes: number;
  readonly image: Parameters<typeof brokenImageLimit>[1];
}

const IMAGE_RULES = {
  minSide: /each side at least (\d+) pixels/,
  maxSide: /each side at most (\d+) pixels/,
  minPixels: /width times height at least (\d+)/,
  maxPixels: /width times height at most (\d+)/,
  maxRatio: /sides at most ([\d.]+) to 1/,
} as const;

/**
 * The limits that a request's description names; undefined: it takes no files. The document has them
 * in words only, made by `shared/openapi/file_limits.ts`.
 */
export function readFileLimits(description: string): FileLimits | undefined {
  const [, words] = /^Input files: (.*)\.$/.exec(description) ?? [];
  if (words === undefined) return undefined;
  const parts = words.split(", ");
  const mediaTypes = Object.entries(kindNames).filter(([, name]) => parts.includes(name));
  const image = Object.entries(IMAGE_RULES).flatMap(([name, rule]) => {
    const number = rule.exec(words)?.[1];
    return number === undefined ? [] : [[name, Number(number)]];
  });
  const megabytes = Number(/up to ([\d.]+) MB/.exec(words)?.[1] ?? Infinity);
  return {
    mediaTypes: mediaTypes.map(([type]) => type),
    maxBytes: Math.round(megabytes * 1_000_000),
    image: Object.fromEntries(image),
  };
}

/** Why a file would be refused, in the API's words; undefined: it would not. */
export function brokenFileLimit(facts: FileFacts, limits: FileLimits): string | undefined {
  const { mediaType, bytes, width, height } = facts;
  const wanted = alternatives(limits.mediaTypes);
  if (!limits.mediaTypes.includes(mediaType)) {
    const kind = kindNames[mediaType] ?? (mediaType || "file of an unknown kind");
    return `Is a ${kind}; choose a ${wanted}`;
  }
  if (bytes > limits.maxBytes) {
    const [is, most] = [bytes, limits.maxBytes].map((count) => (count / 1_000_000).toFixed(1));
    return `Is ${is} MB; may have at most ${most} MB`;
  }
  if (width === undefined || height === undefined) return undefined;
  const size = { width, height };
  const broken = brokenImageLimit(size, limits.image);
  return broken && `Is ${pixelsOf(size)} pixels; ${broken}`;
}

/** What a form takes, for whoever chooses a file. */
export function fileLimitsWords({ mediaTypes, maxBytes, image }: FileLimits): string {
  const size = image.minSide === undefined ? "" : `, at least ${image.minSide} pixels a side`;
  return `${alternatives(mediaTypes)}, up to ${Math.ceil(maxBytes / 1_000_000)} MB${size}`;
}
