import { kindNames } from "../inputs/kind_names.ts";
import type { AssetLimits, ImageLimits } from "../providers/provider_operation.ts";

/** What a pair takes as input files, in a sentence; empty for one without. */
export function describeFiles(limits: AssetLimits | undefined): string {
  if (!limits) return "";
  const kinds = limits.mediaTypes.map((type) => kindNames[type] ?? type).join(", ");
  const parts = [kinds, `up to ${limits.maxBytes / 1_000_000} MB`, ...sizes(limits.image ?? {})];
  return `Input files: ${parts.join(", ")}.`;
}

function sizes({ minSide, maxSide, minPixels, maxPixels, maxRatio }: ImageLimits): string[] {
  const rules: [limit: number | undefined, words: (limit: number) => string][] = [
    [minSide, (limit) => `each side at least ${limit} pixels`],
    [maxSide, (limit) => `each side at most ${limit} pixels`],
    [minPixels, (limit) => `width times height at least ${limit}`],
    [maxPixels, (limit) => `width times height at most ${limit}`],
    [maxRatio, (limit) => `sides at most ${limit} to 1`],
  ];
  return rules.flatMap(([limit, words]) => (limit === undefined ? [] : [words(limit)]));
}
