import { z } from "zod";
import { results } from "../contract/asset_facts.ts";
import type { StatusBody } from "../contract/responses.ts";
import type { TaskView } from "./task.ts";

/** A row, of which an earlier version may have written anything. */
const kept = results.catch({});
const parameters = z.record(z.string(), z.unknown()).catch({});

type Results = Pick<TaskView, "assetUrls" | "results" | "parameters">;

/** The stored addresses that a status shows: of the results, and of the preview behind them. */
export function storedAddresses(task: Results): readonly string[] {
  const { preview_url } = kept.parse(task.results);
  return preview_url === undefined ? task.assetUrls : [...task.assetUrls, preview_url];
}

type ResultFields = Pick<
  StatusBody,
  | "asset_url"
  | "asset_urls"
  | "assets"
  | "preview_url"
  | "model_id"
  | "seed"
  | "revised_prompt"
  | "parameters"
>;

/**
 * What a status says of a task's results.
 *
 * @param shown What stands for each of `storedAddresses` now, in the same order.
 */
export function resultFields(task: Results, shown: readonly string[]): ResultFields {
  const { assets: facts = [], preview_url: _, ...making } = kept.parse(task.results);
  const asked = parameters.parse(task.parameters);
  const urls = shown.slice(0, task.assetUrls.length);
  const preview = shown[task.assetUrls.length];
  const assets = urls.flatMap((url, place) => {
    const known = facts[place];
    return known ? [{ url, ...known }] : [];
  });
  return {
    ...(urls[0] !== undefined && { asset_url: urls[0], asset_urls: urls }),
    ...(assets.length > 0 && { assets }),
    ...(preview !== undefined && { preview_url: preview }),
    ...making,
    ...(Object.keys(asked).length > 0 && { parameters: asked }),
  };
}
