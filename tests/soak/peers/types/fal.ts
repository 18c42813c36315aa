import { fal } from "@fal-ai/client";

await fal.subscribe("fal-ai/flux/dev", { input: { promt: "A violet flying elephant" } });
