import assert from "node:assert/strict";
import {
  DEFAULT_MODEL,
  isPaintable,
  mapVersion,
  MAX_FACES,
  MIN_FACES,
  textureModelFor,
  versionNames,
} from "./models.ts";
import { mapFaceLimit, mapModelOptions } from "./options.ts";

type Options = Parameters<typeof mapModelOptions>[0];

const plain: Options = {
  texture: true,
  pbr: false,
  texture_quality: "standard",
  model_version: DEFAULT_MODEL,
  auto_size: false,
};

const fields = {
  model: "v3.1-20260211",
  texture: true,
  pbr: false,
  texture_quality: "standard",
};

const CURRENT = [
  "v3.1-20260211",
  "v3.0-20250812",
  "v2.5-20250123",
  "P1-20260311",
  "P2-20260801",
] as const;

const RETIRED = [
  "v2.0-20240919",
  "v1.4-20240625",
  "v1.3-20240522",
  "Turbo-v1.0-20250506",
  "default",
] as const;

Deno.test("a version of today is sent as it is, a retired one as its successor", async (t) => {
  assert.deepEqual([...versionNames], [...CURRENT, ...RETIRED]);
  for (const version of CURRENT) {
    await t.step(version, () => {
      assert.deepEqual(mapVersion(version), { value: version, warnings: [] });
    });
  }
  for (const version of RETIRED) {
    await t.step(version, () => {
      assert.deepEqual(mapVersion(version), {
        value: "v2.5-20250123",
        warnings: [`model_version: Tripo has retired ${version}; sent as v2.5-20250123`],
      });
    });
  }
});

Deno.test("as many faces are asked for as the model can make", async (t) => {
  const ranges = {
    "v3.1-20260211": [100, 1_500_000],
    "v3.0-20250812": [100, 1_000_000],
    "v2.5-20250123": [100, 500_000],
    "P1-20260311": [48, 20_000],
    "P2-20260801": [48, 50_000],
  } as const;
  for (const model of CURRENT) {
    const [least, most] = ranges[model];
    await t.step(`${model}: ${least} to ${most}`, () => {
      for (const limit of [least, least + 1, most]) {
        assert.deepEqual(mapFaceLimit(model, limit), { value: limit, warnings: [] });
      }
      const words = (value: number): string =>
        `face_limit: ${model} makes ${least} to ${most} faces; sent as ${value}`;
      assert.deepEqual(mapFaceLimit(model, least - 1), { value: least, warnings: [words(least)] });
      assert.deepEqual(mapFaceLimit(model, most + 1), { value: most, warnings: [words(most)] });
      assert.deepEqual(mapFaceLimit(model, undefined), { value: undefined, warnings: [] });
    });
  }
  assert.deepEqual([MIN_FACES, MAX_FACES], [48, 1_500_000]);
});

Deno.test("options become the fields that the service takes, and no others", async (t) => {
  const cases: readonly (readonly [name: string, Partial<Options>, sent: object])[] = [
    ["defaults", {}, fields],
    ["pbr", { pbr: true }, { ...fields, pbr: true }],
    ["detailed", { texture_quality: "detailed" }, { ...fields, texture_quality: "detailed" }],
    ["face_limit", { face_limit: 10_000 }, { ...fields, face_limit: 10_000 }],
    ["auto_size", { auto_size: true }, { ...fields, auto_size: true }],
    ["version", { model_version: "P1-20260311" }, { ...fields, model: "P1-20260311" }],
    ["no texture", { texture: false }, { model: fields.model, texture: false, pbr: false }],
  ];
  for (const [name, changes, sent] of cases) {
    await t.step(name, () => {
      assert.deepEqual(mapModelOptions({ ...plain, ...changes }), { fields: sent, warnings: [] });
    });
  }
});

Deno.test("faces are judged by the model that is really asked", () => {
  const mapped = mapModelOptions({ ...plain, model_version: "default", face_limit: 600_000 });
  assert.deepEqual(mapped, {
    fields: { ...fields, model: "v2.5-20250123", face_limit: 500_000 },
    warnings: [
      "model_version: Tripo has retired default; sent as v2.5-20250123",
      "face_limit: v2.5-20250123 makes 100 to 500000 faces; sent as 500000",
    ],
  });
});

Deno.test("without a texture nothing is sent that needs one, and what was asked for is told", async (t) => {
  const bare = { model: fields.model, texture: false, pbr: false };
  for (const field of ["pbr", "auto_size"] as const) {
    await t.step(field, () => {
      const mapped = mapModelOptions({ ...plain, texture: false, [field]: true });
      assert.deepEqual(mapped.fields, bare);
      assert.deepEqual(mapped.warnings.map((warning) => warning.split(":")[0]), [field]);
    });
  }
});

Deno.test("a shape is painted by the version of its generation, else by the current one", () => {
  assert.equal(textureModelFor("v2.5-20250123"), "v2.5-20250123");
  for (
    const shape of [undefined, "v3.0-20250812", "v3.1-20260211", "P1-20260311", "v3.5-20260815", ""]
  ) {
    assert.equal(textureModelFor(shape), "v3.0-20250812");
  }
  assert.deepEqual(["v1.4-20240625", "v2.0-20240919", undefined].map(isPaintable), [
    false,
    true,
    true,
  ]);
});
