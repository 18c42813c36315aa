import type { Asset } from "../task.ts";
import { countText, fileSize } from "../../shell/amounts.ts";

/** A name and a value, for a list of facts. */
export type Fact = readonly [name: string, value: string];

/** What is known of a result by its bytes; nothing is said of what the backend did not read. */
export function factsOf(asset: Asset): readonly Fact[] {
  const { width, height, size, compressed, mediaType, bytes } = asset;
  const facts: readonly (Fact | undefined)[] = [
    width !== undefined && height !== undefined ? ["Size", `${width} × ${height} px`] : undefined,
    size && ["Dimensions", dimensionsText(size)],
    counted("Triangles", asset.triangles),
    counted("Vertices", asset.vertices),
    counted("Materials", asset.materials),
    counted("Textures", asset.textures),
    compressed ? ["Compression", COMPRESSIONS[compressed]] : undefined,
    mediaType !== undefined ? ["Format", formatName(mediaType)] : undefined,
    bytes !== undefined ? ["File", fileSize(bytes)] : undefined,
  ];
  return facts.filter((fact) => fact !== undefined);
}

const COMPRESSIONS: Readonly<Record<NonNullable<Asset["compressed"]>, string>> = {
  draco: "Draco",
  meshopt: "meshopt",
};

/** Of the box around it: width, height and depth, as glTF has Y upwards; in millimetres if small. */
export function dimensionsText(metres: readonly number[]): string {
  const largest = Math.max(...metres);
  const [factor, unit] = largest < 0.1 ? [1000, "mm"] : [100, "cm"];
  return `${metres.map((length) => rounded(length * factor)).join(" × ")} ${unit}`;
}

/** Three digits are what a glance takes in. */
function rounded(value: number): string {
  return countText(Number(value.toPrecision(3)));
}

function counted(name: string, count: number | undefined): Fact | undefined {
  return count === undefined ? undefined : [name, countText(count)];
}

const FORMATS: Readonly<Record<string, string>> = {
  "image/png": "PNG",
  "image/jpeg": "JPEG",
  "image/webp": "WebP",
  "image/svg+xml": "SVG",
  "model/gltf-binary": "GLB",
};

function formatName(mediaType: string): string {
  return FORMATS[mediaType] ?? mediaType;
}
