import type { Price } from "../prices.ts";
import type { ModelId } from "./models.ts";

/** What Recraft counts in: 1,000 API units are a dollar. */
export const USD_PER_UNIT = 0.001;

interface ImagePrices {
  readonly image: number;
  /** In a style that gives vectors, of a model that has such styles. */
  readonly vectorStyle?: number;
}

/** USD an image: the price list of Recraft's API reference of 2026-09-04, the same on 2026-10-02. */
const prices: Readonly<Record<ModelId, ImagePrices>> = {
  recraftv3: { image: 0.04, vectorStyle: 0.08 },
  recraftv3_vector: { image: 0.08 },
  recraftv2: { image: 0.022, vectorStyle: 0.044 },
  recraftv2_vector: { image: 0.044 },
  recraftv4: { image: 0.04 },
  recraftv4_vector: { image: 0.08 },
  recraftv4_pro: { image: 0.25 },
  recraftv4_pro_vector: { image: 0.3 },
  recraftv4_1: { image: 0.035 },
  recraftv4_1_vector: { image: 0.08 },
  recraftv4_1_pro: { image: 0.21 },
  recraftv4_1_pro_vector: { image: 0.3 },
  recraftv4_1_utility: { image: 0.035 },
  recraftv4_1_utility_vector: { image: 0.08 },
  recraftv4_1_utility_pro: { image: 0.21 },
  recraftv4_1_utility_pro_vector: { image: 0.3 },
  recraftv4_1_flash: { image: 0.007 },
  recraftv4_styles: { image: 0.035 },
  recraftv4_styles_vector: { image: 0.05 },
  recraftv4_styles_pro: { image: 0.1 },
  recraftv4_styles_pro_vector: { image: 0.12 },
};

const REMOVE_BACKGROUND_USD = 0.01;

/** The same list's only prices of changed images, which it gives for V3; other models might cost as much. */
const CHANGED_IMAGE_USD = { raster: 0.04, vector: 0.08 };

const VECTOR_STYLES = ["vector_illustration", "icon"];

/** As it is sent. */
interface Drawing {
  readonly model: ModelId;
  readonly n: number;
  readonly style?: string | undefined;
  readonly style_id?: string | undefined;
}

/** Images from words. */
export function priceOfDrawing({ model, n, style, style_id }: Drawing): Price {
  const { image, vectorStyle = image } = prices[model];
  const isVectorStyle = style !== undefined && VECTOR_STYLES.includes(style);
  // Nothing tells of a style of somebody's whether it gives vectors.
  const most = isVectorStyle || style_id !== undefined ? vectorStyle : image;
  return { model, listUsd: n * (isVectorStyle ? vectorStyle : image), mostUsd: n * most };
}

/** Images from another image, or from a part of it. */
export function priceOfChange(drawing: Drawing): Price {
  const { model, listUsd, mostUsd = listUsd } = priceOfDrawing(drawing);
  const named = CHANGED_IMAGE_USD[model.endsWith("_vector") ? "vector" : "raster"];
  return { model, listUsd, mostUsd: Math.max(mostUsd, drawing.n * named) };
}

export function priceOfCutOut(): Price {
  return { model: "removeBackground", listUsd: REMOVE_BACKGROUND_USD };
}
