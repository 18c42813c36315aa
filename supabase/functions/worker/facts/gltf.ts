import { z } from "zod";

// https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html

const index = z.int().min(0);
const extensions = z.record(z.string(), z.unknown()).default({});

const accessor = z.object({
  count: index,
  componentType: z.int(),
  normalized: z.boolean().default(false),
  min: z.array(z.number()).optional(),
  max: z.array(z.number()).optional(),
});

const primitive = z.object({
  attributes: z.object({ POSITION: index.optional() }),
  indices: index.optional(),
  mode: z.int().default(4),
});

const node = z.object({
  mesh: index.optional(),
  children: z.array(index).default([]),
  matrix: z.array(z.number()).length(16).optional(),
  translation: z.tuple([z.number(), z.number(), z.number()]).default([0, 0, 0]),
  rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]).default([0, 0, 0, 1]),
  scale: z.tuple([z.number(), z.number(), z.number()]).default([1, 1, 1]),
  extensions,
});

/** What facts are read from, of the description of a glTF. */
export const gltf = z.object({
  accessors: z.array(accessor).default([]),
  meshes: z.array(z.object({ primitives: z.array(primitive) })).default([]),
  nodes: z.array(node).default([]),
  scenes: z.array(z.object({ nodes: z.array(index).default([]) })).default([]),
  scene: index.default(0),
  materials: z.array(z.unknown()).default([]),
  images: z.array(z.unknown()).default([]),
  extensionsUsed: z.array(z.string()).default([]),
});

export type Gltf = z.output<typeof gltf>;
export type GltfAccessor = z.output<typeof accessor>;
export type GltfPrimitive = z.output<typeof primitive>;
export type GltfNode = z.output<typeof node>;
