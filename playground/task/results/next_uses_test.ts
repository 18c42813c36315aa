import assert from "node:assert/strict";
import { routeOf } from "../../shell/route.ts";
import { nextUsesOf } from "./next_uses.ts";
import { taskWith } from "../testing.ts";

const image = { url: "https://a.example/0.png", mediaType: "image/png" };
const model = { url: "https://a.example/0.glb", mediaType: "model/gltf-binary" };

Deno.test("an image leads to a model first, then to its cut-out", () => {
  const task = taskWith({ status: "complete", assets: [image, image] });
  const [first, second] = nextUsesOf(task, 1);
  assert.equal(first?.operation, "image-to-model");
  assert.equal(second?.operation, "remove-background");
  const route = routeOf(first?.address ?? "");
  assert.ok(route.view === "create");
  assert.equal(route.query.get("operation"), "image-to-model");
  assert.equal(route.query.get("asset"), `${task.id}.1`);
});

Deno.test("what is cut out leads to a model at once", () => {
  const task = taskWith({ operation: "remove-background", status: "complete", assets: [image] });
  assert.equal(nextUsesOf(task, 0)[0]?.operation, "image-to-model");
});

Deno.test("a model is refined, by the words that it was made by", () => {
  const changes = { operation: "text-to-model", assets: [model] } as const;
  const uses = nextUsesOf(taskWith({ ...changes, parameters: { prompt: "A hat" } }), 0);
  assert.deepEqual(uses.map(({ operation }) => operation), ["refine-model"]);
  const route = routeOf(uses[0]?.address ?? "");
  assert.equal(route.view === "create" && route.query.get("prompt"), "A hat");
});

Deno.test("a drawing in vectors, and a result that is not there, lead nowhere", () => {
  const drawing = { url: "https://a.example/0.svg", mediaType: "image/svg+xml" };
  assert.deepEqual(nextUsesOf(taskWith({ assets: [drawing] }), 0), []);
  assert.deepEqual(nextUsesOf(taskWith({ assets: [drawing] }), 1), []);
});
