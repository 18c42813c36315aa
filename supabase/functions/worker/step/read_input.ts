import { Buffer } from "node:buffer";
import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Asset } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { parseAssetUrl, type StorageObject } from "../../../../shared/storage/asset_url.ts";
import { type CheckedInput, checkedInputs } from "../../../../shared/storage/checked_input.ts";
import type { InputReader } from "../../../../shared/storage/input_reader.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { MAX_INPUT_BYTES } from "../memory_limits.ts";

/** Reads an input file of a task. Throws a ProviderError if it cannot be had as it was checked. */
export type ReadInput = (claim: Claim, url: string, kind: AssetKind) => Promise<Asset>;

/** @param projectUrls URLs the project is known under. */
export function createReadInput(
  reader: InputReader,
  projectUrls: readonly string[],
): ReadInput {
  return async (claim, url, kind) => {
    const object = parseAssetUrl(url, projectUrls);
    if (!object) throw new ProviderError("invalid_input", `Not in this Storage: ${url}`);
    const known = checkedInputs.parse(claim.inputs);
    // Accepted before each file was kept: all that is known is how long they are together.
    if (!known) {
      return await reader({ object, maxBytes: claim.inputBytes || MAX_INPUT_BYTES }, kind);
    }
    const { mended, ...checked } = find(known, object);
    if (mended !== undefined) return mendedMask(mended);
    return await reader({ object, maxBytes: checked.bytes, checked }, kind);
  };
}

function find(known: readonly CheckedInput[], object: StorageObject): CheckedInput {
  const checked = known.find(({ bucket, path }) =>
    bucket === object.bucket && path === object.path
  );
  if (checked) return checked;
  const message = `Was not checked at the submit: ${object.bucket}/${object.path}`;
  throw new ProviderError("invalid_input", message);
}

/** It was made at the submit, of the file as it was then. */
export function mendedMask(base64: string): Asset {
  const content = new Blob([Buffer.from(base64, "base64")]);
  return { content, mediaType: "image/png", extension: "png" };
}
