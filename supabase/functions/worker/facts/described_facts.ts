import type { KindFacts } from "./facts_reader.ts";
import { type Gltf, gltf, type GltfPrimitive } from "./gltf.ts";
import { sceneSize } from "./scene_size.ts";

/** Modes of a primitive that draw triangles: one of each three vertices, or with the two before. */
const TRIANGLES = 4;
const TRIANGLES_IN_ROWS = [5, 6];

const COMPRESSIONS = {
  KHR_draco_mesh_compression: "draco",
  EXT_meshopt_compression: "meshopt",
  KHR_meshopt_compression: "meshopt",
} as const;

/** What a description tells of a model; nothing if it is none. */
export function describedFacts(description: unknown): KindFacts {
  const { data } = gltf.safeParse(description);
  if (!data) return {};
  const size = sceneSize(data);
  const primitives = data.meshes.flatMap((mesh) => mesh.primitives);
  const sum = (count: (primitive: GltfPrimitive) => number): number =>
    primitives.reduce((total, primitive) => total + count(primitive), 0);
  return {
    triangles: sum((primitive) => trianglesOf(primitive, data)),
    vertices: data.meshes.reduce((total, mesh) => total + verticesIn(mesh, data), 0),
    materials: data.materials.length,
    textures: data.images.length,
    ...(size && { size }),
    compressed: compressionOf(data),
  };
}

/** Primitives of a mesh may share theirs. */
function verticesIn({ primitives }: Gltf["meshes"][number], { accessors }: Gltf): number {
  const places = new Set(primitives.map(({ attributes }) => attributes.POSITION ?? -1));
  return [...places].reduce((total, place) => total + (accessors[place]?.count ?? 0), 0);
}

function verticesOf({ attributes: { POSITION } }: GltfPrimitive, { accessors }: Gltf): number {
  return POSITION === undefined ? 0 : accessors[POSITION]?.count ?? 0;
}

function trianglesOf(primitive: GltfPrimitive, description: Gltf): number {
  const { indices, mode } = primitive;
  const corners = indices === undefined
    ? verticesOf(primitive, description)
    : description.accessors[indices]?.count ?? 0;
  if (mode === TRIANGLES) return Math.floor(corners / 3);
  return TRIANGLES_IN_ROWS.includes(mode) ? Math.max(0, corners - 2) : 0;
}

function compressionOf({ extensionsUsed }: Gltf): KindFacts["compressed"] {
  const used = Object.entries(COMPRESSIONS).find(([name]) => extensionsUsed.includes(name));
  return used?.[1] ?? null;
}
