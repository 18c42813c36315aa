import Replicate from "replicate";

const replicate = new Replicate();
await replicate.run("black-forest-labs/flux-dev", { input: { promt: "A violet flying elephant" } });
