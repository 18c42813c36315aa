import type { Look } from "../inputs/looked_at.ts";
import { alternatives, kindNames } from "../inputs/kind_names.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";

/** Who takes a file, and which kinds of it. */
export interface Taker extends Pick<AssetLimits, "mediaTypes"> {
  readonly provider: string;
  /** What it takes it for, behind the kinds: " as a mask". */
  readonly use?: string;
}

/**
 * Why a provider does not take a file, in one sentence: what it is, what the provider takes, and what
 * to do. Undefined if it takes it.
 */
export function refusedKind(
  look: Look,
  { provider, mediaTypes, use = "" }: Taker,
): string | undefined {
  if (look.found !== "unusable" && mediaTypes.includes(look.mediaType)) return undefined;
  const wanted = alternatives(mediaTypes);
  const takes = `${provider} takes ${wanted}${use}`;
  const isForImages = mediaTypes.some((type) => type.startsWith("image/"));
  const kind = isForImages ? "image" : "model";
  const instead = `upload ${isForImages ? "an image" : "a model"} instead`;
  if (look.found === "unusable") {
    const { remedy } = look;
    const isOfUse = remedy && (remedy.leadsTo ?? kind) === kind;
    return `Is ${look.kind}; ${takes}: ${isOfUse ? `${remedy.words} before uploading` : instead}`;
  }
  const remedy = look.found === kind ? `convert it to ${wanted} before uploading` : instead;
  return `Is a ${kindNames[look.mediaType] ?? look.mediaType}; ${takes}: ${remedy}`;
}
