import type { FileSlotName } from "../operations/controls.ts";
import type { PickedFile, PickedFiles } from "../request/draft.ts";
import { cat, garden, gardenMask, lighthouse, mug, robot, teapotSketch } from "./drawings.ts";
import { drawPicture } from "./draw_picture.ts";
import { vaseModel } from "./vase_model.ts";

/** Something to begin with: words, pictures, or both. */
export interface Sample {
  readonly name: string;
  /** Texts by the names of the API's fields. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Drawings by their place; the first stands on the button. */
  readonly drawings?: { readonly [Slot in FileSlotName]?: string };
  readonly hasModel?: boolean;
}

const SAMPLES: Readonly<Record<string, readonly Sample[]>> = {
  "text-to-image": [
    {
      name: "Fox astronaut",
      texts: { prompt: "A fox astronaut waving from the moon, soft watercolour" },
    },
    {
      name: "Clay robot",
      texts: { prompt: "A clay robot watering a cactus on a sunny windowsill" },
    },
    {
      name: "Snow globe",
      texts: { prompt: "A tiny lighthouse inside a snow globe, studio light" },
    },
  ],
  "image-to-image": [
    {
      name: "Lighthouse at night",
      texts: { prompt: "The same lighthouse on a stormy night, oil painting" },
      drawings: { image: lighthouse },
    },
    {
      name: "Robot of wood",
      texts: { prompt: "The same robot carved of walnut wood" },
      drawings: { image: robot.front },
    },
  ],
  "sketch-to-image": [{
    name: "Teapot",
    texts: { prompt: "A glazed blue teapot on a linen cloth" },
    drawings: { sketch: teapotSketch },
  }],
  "image-inpaint": [{
    name: "Garden bench",
    texts: { prompt: "A small pond with water lilies" },
    drawings: { image: garden, mask: gardenMask },
  }],
  "remove-background": [
    { name: "Mug", drawings: { image: mug } },
    { name: "Cat", drawings: { image: cat } },
  ],
  "search-and-recolor": [{
    name: "Blue cat",
    texts: { prompt: "A light blue cat with dark blue stripes", select_prompt: "cat" },
    drawings: { image: cat },
  }],
  "text-to-model": [
    { name: "Castle", texts: { prompt: "A medieval castle with tall towers" } },
    { name: "Toy train", texts: { prompt: "A wooden toy train with round wheels" } },
    { name: "Dragon", texts: { prompt: "A friendly little dragon figurine, sitting" } },
  ],
  "image-to-model": [
    { name: "Robot", drawings: { image: robot.front } },
    {
      name: "Robot, four views",
      drawings: { image: robot.front, left: robot.left, back: robot.back, right: robot.right },
    },
    { name: "Mug", drawings: { image: mug } },
  ],
  "refine-model": [{
    name: "Vase",
    texts: { prompt: "Cracked old bronze with a green patina" },
    hasModel: true,
  }],
};

export function samplesOf(operation: string): readonly Sample[] {
  return SAMPLES[operation] ?? [];
}

/** The files of a sample, drawn now; a slot that it does not name is empty. */
export async function filesOf({ name, drawings = {}, hasModel }: Sample): Promise<PickedFiles> {
  const slots: [slot: string, file: PickedFile][] = await Promise.all(
    Object.entries(drawings).map(async ([slot, svg]) => {
      const file = { kind: "local", name: `${name}.png`, blob: await drawPicture(svg) } as const;
      return [slot, file] as const satisfies [string, PickedFile];
    }),
  );
  const model = { kind: "local", name: `${name}.glb`, blob: vaseModel() } as const;
  return { ...Object.fromEntries(slots), ...(hasModel && { model }) };
}
