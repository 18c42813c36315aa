import type { Price } from "../prices.ts";

export interface Endpoint {
  /** Under `/v2beta`. */
  readonly path: string;
  /** Of a call, which has one result. */
  readonly usd: number;
}

/**
 * Stability's price update in force since 2025-08-01 (https://stability.ai/api-pricing-update-25, a
 * credit is a cent), read 2026-11; core, search-and-recolor and SPAR3D from the API reference, which
 * names their credits. No answer reports the charge.
 */
export const endpoints = {
  core: { path: "stable-image/generate/core", usd: 0.03 },
  style: { path: "stable-image/control/style", usd: 0.05 },
  sketch: { path: "stable-image/control/sketch", usd: 0.05 },
  removeBackground: { path: "stable-image/edit/remove-background", usd: 0.05 },
  recolor: { path: "stable-image/edit/search-and-recolor", usd: 0.05 },
  spar3d: { path: "3d/stable-point-aware-3d", usd: 0.04 },
} as const satisfies Record<string, Endpoint>;

export function priceOf({ path, usd }: Endpoint): Price {
  return { model: path, listUsd: usd };
}
