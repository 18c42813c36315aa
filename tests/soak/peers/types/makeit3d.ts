import type { MakeIt3D } from "@makeit3d/client";

declare const makeit3d: MakeIt3D;
await makeit3d.generate("text-to-image", { provider: "openai", promt: "A violet flying elephant" });
