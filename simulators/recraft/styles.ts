/**
 * The curated styles; the newer models have none.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */

export interface Style {
  readonly name: string;
  readonly substyles: readonly string[];
  /** Whether pictures of this style are SVG. */
  readonly isVector?: true;
}

export const stylesOfV3: readonly Style[] = [
  { name: "any", substyles: [] },
  {
    name: "realistic_image",
    substyles: words(`
      b_and_w enterprise evening_light faded_nostalgia forest_life hard_flash hdr motion_blur
      mystic_naturalism natural_light natural_tones organic_calm real_life_glow retro_realism
      retro_snapshot studio_portrait urban_drama village_realism warm_folk`),
  },
  {
    name: "digital_illustration",
    substyles: words(`
      2d_art_poster 2d_art_poster_2 antiquarian bold_fantasy child_book cover crosshatch
      digital_engraving engraving_color expressionism freehand_details grain grain_20
      graphic_intensity hand_drawn hand_drawn_outline handmade_3d hard_comics infantile_sketch
      long_shadow modern_folk multicolor neon_calm noir nostalgic_pastel outline_details
      pastel_gradient pastel_sketch pixel_art plastic pop_art pop_renaissance seamless street_art
      tablet_sketch urban_glow urban_sketching young_adult_book young_adult_book_2`),
  },
  {
    name: "vector_illustration",
    isVector: true,
    substyles: words(`
      bold_stroke chemistry colored_stencil cosmics cutout depressive editorial emotional_flat
      engraving line_art line_circuit linocut marker_outline mosaic naivector roundish_flat seamless
      segmented_colors sharp_contrast thin vector_photo vivid_shapes`),
  },
  {
    name: "logo_raster",
    substyles: words("emblem_graffiti emblem_pop_art emblem_punk emblem_stamp emblem_vintage"),
  },
];

export const stylesOfV2: readonly Style[] = [
  {
    name: "realistic_image",
    substyles: words("b_and_w enterprise hard_flash hdr motion_blur natural_light studio_portrait"),
  },
  {
    name: "digital_illustration",
    substyles: words(`
      2d_art_poster 2d_art_poster_2 3d 80s engraving_color glow grain hand_drawn hand_drawn_outline
      handmade_3d infantile_sketch kawaii pixel_art plastic psychedelic seamless voxel watercolor`),
  },
  {
    name: "vector_illustration",
    isVector: true,
    substyles: words(
      "cartoon doodle_line_art engraving flat_2 kawaii line_art line_circuit linocut seamless",
    ),
  },
  {
    name: "icon",
    isVector: true,
    substyles: words(`
      broken_line colored_outline colored_shapes colored_shapes_gradient doodle_fill
      doodle_offset_fill offset_fill outline outline_gradient pictogram`),
  },
];

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
