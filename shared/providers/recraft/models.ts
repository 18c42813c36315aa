/**
 * What Recraft's models can do: https://www.recraft.ai/docs/api-reference, appendix and models.
 */

/** Substyles by style. */
export type Styles = Readonly<Record<string, readonly string[]>>;

export interface ModelFamily {
  readonly maxPromptCharacters: number;
  readonly sizes: readonly string[];
  /** Undefined: the family has no styles of its own, and no negative prompts. */
  readonly styles?: Styles;
  /** What it draws when no style is asked for. */
  readonly defaultStyle?: string;
  /** Whether it draws in a style of somebody's own, or in nothing else. Undefined: it takes none. */
  readonly ownStyle?: "taken" | "required";
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const sizesOfV3 = words(`
  1024x1024 2048x1024 1024x2048 1536x1024 1024x1536 1365x1024 1024x1365 1280x1024 1024x1280
  1024x1707 1707x1024 1434x1024 1024x1434 1820x1024 1024x1820
`);
const sizesOfV4 = words(`
  1024x1024 1536x768 768x1536 1280x832 832x1280 1216x896 896x1216 1152x896 896x1152 832x1344
  1280x896 896x1280 1344x768 768x1344
`);
const sizesOfPro = words(`
  2048x2048 3072x1536 1536x3072 2560x1664 1664x2560 2432x1792 1792x2432 2304x1792 1792x2304
  1664x2688 2560x1792 1792x2560 2688x1536 1536x2688
`);

/** Every family takes these, too. */
export const ratios = words("1:1 2:1 1:2 3:2 2:3 4:3 3:4 5:4 4:5 6:10 14:10 10:14 16:9 9:16");

const stylesOfV3: Styles = {
  any: [],
  realistic_image: words(`
    b_and_w enterprise evening_light faded_nostalgia forest_life hard_flash hdr motion_blur
    mystic_naturalism natural_light natural_tones organic_calm real_life_glow retro_realism
    retro_snapshot studio_portrait urban_drama village_realism warm_folk
  `),
  digital_illustration: words(`
    2d_art_poster 2d_art_poster_2 antiquarian bold_fantasy child_book cover crosshatch
    digital_engraving engraving_color expressionism freehand_details grain grain_20
    graphic_intensity hand_drawn hand_drawn_outline handmade_3d hard_comics infantile_sketch
    long_shadow modern_folk multicolor neon_calm noir nostalgic_pastel outline_details
    pastel_gradient pastel_sketch pixel_art plastic pop_art pop_renaissance seamless street_art
    tablet_sketch urban_glow urban_sketching young_adult_book young_adult_book_2
  `),
  vector_illustration: words(`
    bold_stroke chemistry colored_stencil cosmics cutout depressive editorial emotional_flat
    engraving line_art line_circuit linocut marker_outline mosaic naivector roundish_flat seamless
    segmented_colors sharp_contrast thin vector_photo vivid_shapes
  `),
  logo_raster: words("emblem_graffiti emblem_pop_art emblem_punk emblem_stamp emblem_vintage"),
};

const stylesOfV2: Styles = {
  realistic_image: words(
    "b_and_w enterprise hard_flash hdr motion_blur natural_light studio_portrait",
  ),
  digital_illustration: words(`
    2d_art_poster 2d_art_poster_2 3d 80s engraving_color glow grain hand_drawn hand_drawn_outline
    handmade_3d infantile_sketch kawaii pixel_art plastic psychedelic seamless voxel watercolor
  `),
  vector_illustration: words(
    "cartoon doodle_line_art engraving flat_2 kawaii line_art line_circuit linocut seamless",
  ),
  icon: words(`
    broken_line colored_outline colored_shapes colored_shapes_gradient doodle_fill
    doodle_offset_fill offset_fill outline outline_gradient pictogram
  `),
};

const old = { maxPromptCharacters: 1_000, sizes: sizesOfV3, ownStyle: "taken" } as const;
const v2 = { ...old, styles: stylesOfV2, defaultStyle: "realistic_image" };
const v3 = { ...old, styles: stylesOfV3, defaultStyle: "realistic_image" };
const v4 = { maxPromptCharacters: 10_000, sizes: sizesOfV4 };
const v4Pro = { maxPromptCharacters: 10_000, sizes: sizesOfPro };
const v4Styles = { ...v4, ownStyle: "required" } as const;
const v4StylesPro = { ...v4Pro, ownStyle: "required" } as const;

const families = {
  recraftv3: v3,
  recraftv3_vector: { ...v3, defaultStyle: "vector_illustration" },
  recraftv2: v2,
  recraftv2_vector: { ...v2, defaultStyle: "vector_illustration" },
  recraftv4: v4,
  recraftv4_vector: v4,
  recraftv4_pro: v4Pro,
  recraftv4_pro_vector: v4Pro,
  recraftv4_1: v4,
  recraftv4_1_vector: v4,
  recraftv4_1_pro: v4Pro,
  recraftv4_1_pro_vector: v4Pro,
  recraftv4_1_utility: v4,
  recraftv4_1_utility_vector: v4,
  recraftv4_1_utility_pro: v4Pro,
  recraftv4_1_utility_pro_vector: v4Pro,
  recraftv4_1_flash: v4,
  recraftv4_styles: v4Styles,
  recraftv4_styles_vector: v4Styles,
  recraftv4_styles_pro: v4StylesPro,
  recraftv4_styles_pro_vector: v4StylesPro,
} as const satisfies Record<string, ModelFamily>;

export type ModelId = keyof typeof families;

export const modelIds = Object.keys(families).filter((name): name is ModelId =>
  Object.hasOwn(families, name)
);

/** The second generation draws from words only, and of the models of styles nothing else is documented. */
export const imageToImageModelIds = modelIds.filter((id) =>
  !id.startsWith("recraftv2") && familyOf(id).ownStyle !== "required"
);

/** The only ones that change a part of an image. */
export const inpaintModelIds = ["recraftv3", "recraftv3_vector"] as const;

/** Of any model; which of them one takes is its family's. */
export const sizeNames = [...new Set([...sizesOfV3, ...sizesOfV4, ...sizesOfPro, ...ratios])];

export function familyOf(model: ModelId): ModelFamily {
  return families[model];
}

/** Whether all that it draws is vectors, which have no size in pixels. */
export function drawsVectors(model: ModelId): boolean {
  return model.endsWith("_vector");
}

/** The ratio nearest to a size in pixels. */
export function ratioOfSize(size: string): string {
  const shape = shapeOf(size, "x");
  const distance = (ratio: string): number => Math.abs(Math.log(shapeOf(ratio, ":") / shape));
  return ratios.reduce((best, ratio) => distance(ratio) < distance(best) ? ratio : best);
}

function shapeOf(text: string, separator: string): number {
  const [width = 1, height = 1] = text.split(separator).map(Number);
  return width / height;
}

export const styleNames = [...new Set([...Object.keys(stylesOfV3), ...Object.keys(stylesOfV2)])];
