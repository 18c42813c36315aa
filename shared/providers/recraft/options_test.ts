import assert from "node:assert/strict";
import { familyOf, inpaintModelIds, modelIds, styleNames } from "./models.ts";
import { mapLook } from "./options.ts";
import { textToImage } from "./text_to_image.ts";

type Look = Parameters<typeof mapLook>[0];

const STYLE_ID = "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f";

/** What is sent, without the fields that are not. */
function sent(look: Look): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(mapLook(look).fields));
}

function warned(look: Look): string[] {
  return mapLook(look).warnings.map((warning) => warning.split(":")[0] ?? "");
}

Deno.test("a look that the model has is sent as it is", async (t) => {
  const looks: readonly Look[] = [
    { model: "recraftv3", style: "digital_illustration", substyle: "hand_drawn" },
    { model: "recraftv3", style: "realistic_image", substyle: "b_and_w", negative_prompt: "x" },
    { model: "recraftv3", style: "any" },
    { model: "recraftv3_vector", style: "vector_illustration", substyle: "line_art" },
    { model: "recraftv2", style: "icon", substyle: "pictogram", negative_prompt: "x" },
  ];
  for (const look of looks) {
    const { model, ...fields } = look;
    await t.step(`${model} ${Object.values(fields).join(" ")}`, () => {
      assert.deepEqual(sent(look), fields);
      assert.deepEqual(warned(look), []);
    });
  }
});

Deno.test("a style is sent in any case, for the service's own choice is another one", async (t) => {
  const styles = {
    recraftv3: "realistic_image",
    recraftv2: "realistic_image",
    recraftv3_vector: "vector_illustration",
    recraftv2_vector: "vector_illustration",
  } as const;
  for (const model of modelIds.filter((id) => Object.hasOwn(styles, id))) {
    await t.step(model, () => {
      assert.deepEqual(sent({ model }), { style: Reflect.get(styles, model) });
      assert.deepEqual(warned({ model }), []);
    });
  }
});

Deno.test("a name that is no style's UUID is ignored, and the rest stays", () => {
  const rest: Look = { model: "recraftv3", style: "digital_illustration", substyle: "grain" };
  const look: Look = { ...rest, style_id: "custom_style_123" };
  assert.deepEqual(sent(look), sent(rest));
  assert.deepEqual(mapLook(look).warnings, ["style_id: not the UUID of a style; ignored"]);
});

Deno.test("a substyle that the style has not is left out, with those it has", async (t) => {
  const looks: readonly (readonly [Look, words: RegExp])[] = [
    [
      { model: "recraftv3", style: "digital_illustration", substyle: "cyberpunk" },
      /^substyle: "cyberpunk" is none of digital_illustration; ignored\. There are 2d_art_poster, /,
    ],
    [
      { model: "recraftv3", style: "realistic_image", substyle: "hand_drawn" },
      /^substyle: "hand_drawn" is none of realistic_image; /,
    ],
    [{ model: "recraftv3", substyle: "hand_drawn" }, /"hand_drawn" is none of realistic_image; /],
    [{ model: "recraftv3", style: "any", substyle: "b_and_w" }, /none of any; .* There are none$/],
    [
      { model: "recraftv2", style: "digital_illustration", substyle: "child_book" },
      /"child_book" is none of digital_illustration; .*\bwatercolor\b/,
    ],
    [{ model: "recraftv3", style: "any", substyle: "constructor" }, /"constructor" is none of any/],
  ];
  for (const [look, words] of looks) {
    const { model, substyle: _, ...fields } = look;
    await t.step(`${model} ${look.style} ${look.substyle}`, () => {
      assert.deepEqual(sent(look), { style: "realistic_image", ...fields });
      const { warnings } = mapLook(look);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? "", words);
    });
  }
});

Deno.test("a style of one's own takes the place of style and substyle", () => {
  const look: Look = {
    model: "recraftv3",
    style: "realistic_image",
    substyle: "b_and_w",
    style_id: STYLE_ID,
    negative_prompt: "blurry",
  };
  assert.deepEqual(sent(look), { style_id: STYLE_ID, negative_prompt: "blurry" });
  assert.deepEqual(warned(look), ["style", "substyle"]);
  assert.deepEqual(warned({ model: "recraftv3", style_id: STYLE_ID }), []);
});

Deno.test("a model without styles is sent none, nor negative prompts", async (t) => {
  const look: Look = {
    model: "recraftv4",
    style: "realistic_image",
    substyle: "b_and_w",
    negative_prompt: "blurry",
  };
  await t.step("with everything", () => {
    assert.deepEqual(sent(look), {});
    assert.deepEqual(warned(look), ["style", "substyle", "negative_prompt"]);
    assert.match(mapLook(look).warnings.join(), /recraftv4 has none; ignored/);
  });
  await t.step("with nothing", () => {
    assert.deepEqual(mapLook({ model: "recraftv4_1_flash" }), { fields: {}, warnings: [] });
  });
  await t.step("with a style of one's own", () => {
    const own: Look = { ...look, style_id: STYLE_ID };
    assert.deepEqual(sent(own), {});
    assert.deepEqual(warned(own), ["style", "substyle", "style_id", "negative_prompt"]);
  });
});

Deno.test("of the fourth models only those of styles take a style of one's own, and nothing else", async (t) => {
  for (const model of modelIds.filter((id) => id.startsWith("recraftv4"))) {
    await t.step(model, () => {
      const isOfStyles = model.startsWith("recraftv4_styles");
      const look: Look = { model, style_id: STYLE_ID };
      assert.deepEqual(sent(look), isOfStyles ? { style_id: STYLE_ID } : {});
      assert.deepEqual(warned(look), isOfStyles ? [] : ["style_id"]);
      const more: Look = { ...look, style: "any", substyle: "x", negative_prompt: "x" };
      assert.deepEqual(sent(more), sent(look));
      const checked = (style_id?: string): readonly PropertyKey[] =>
        textToImage.schema.safeParse({ prompt: "x", model, style_id }).error?.issues
          .flatMap(({ path }) => path) ?? [];
      assert.deepEqual(checked(STYLE_ID), []);
      for (const none of [undefined, "custom_style_123"]) {
        assert.deepEqual(checked(none), isOfStyles ? ["style_id"] : []);
      }
    });
  }
});

Deno.test("vector models are sent ratios, whichever way the shape is asked for", async (t) => {
  const mapped = (model: string, size: string): readonly [string, number] => {
    const parameters = { prompt: "x", model, size, style_id: STYLE_ID };
    const { request, warnings } = textToImage.map(textToImage.schema.parse(parameters));
    return [request.size, warnings.filter((warning) => warning.startsWith("size:")).length];
  };
  // The table of the reference, and the one size that it has no ratio for.
  const ratioOf: Readonly<Record<string, string>> = {
    "1024x1024": "1:1",
    "1536x768": "2:1",
    "768x1536": "1:2",
    "1280x832": "3:2",
    "832x1280": "2:3",
    "1216x896": "4:3",
    "896x1216": "3:4",
    "1152x896": "5:4",
    "896x1152": "4:5",
    "1280x896": "14:10",
    "896x1280": "10:14",
    "832x1344": "6:10",
    "1344x768": "16:9",
    "768x1344": "9:16",
  };
  const ofV3: Readonly<Record<string, string>> = {
    "2048x1024": "2:1",
    "1024x1536": "2:3",
    "1365x1024": "4:3",
    "1024x1707": "6:10",
    "1707x1024": "16:9",
    "1434x1024": "14:10",
    "1820x1024": "16:9",
  };
  for (const model of modelIds) {
    await t.step(model, () => {
      const isVector = model.endsWith("_vector");
      const table = /^recraftv[23]/.test(model) ? ofV3 : ratioOf;
      const factor = /_pro(_|$)/.test(model) ? 2 : 1;
      for (const [size, ratio] of Object.entries(table)) {
        const asked = size.split("x").map((side) => Number(side) * factor).join("x");
        assert.deepEqual(mapped(model, asked), isVector ? [ratio, 1] : [asked, 0]);
        assert.deepEqual(mapped(model, ratio), [ratio, 0]);
      }
    });
  }
});

Deno.test("what a model can do is that of its family", async (t) => {
  for (const model of modelIds) {
    await t.step(model, () => {
      const { maxPromptCharacters, sizes, styles } = familyOf(model);
      const isOld = /^recraftv[23]/.test(model);
      assert.equal(maxPromptCharacters, isOld ? 1_000 : 10_000);
      assert.equal(styles !== undefined, isOld);
      const isPro = /_pro(_|$)/.test(model);
      assert.ok(sizes.includes(isPro ? "2048x2048" : "1024x1024"));
      assert.ok(sizes.every((size) => /^\d{3,4}x\d{3,4}$/.test(size)));
      assert.equal(new Set(sizes).size, sizes.length);
    });
  }
});

Deno.test("parts of a picture are changed by the third models alone", () => {
  assert.deepEqual([...inpaintModelIds], ["recraftv3", "recraftv3_vector"]);
  assert.equal(modelIds.length, 21);
  assert.deepEqual(styleNames.toSorted(), [
    "any",
    "digital_illustration",
    "icon",
    "logo_raster",
    "realistic_image",
    "vector_illustration",
  ]);
});
