// Takes out of a script what Hermes 0.12 does not know, as Expo's own preset did when apps had that engine.
const { transformFileSync } = require("@babel/core");
const { writeFileSync } = require("node:fs");
const process = require("node:process");

const [script, lowered] = process.argv.slice(2);
const preset = require.resolve("babel-preset-expo", { paths: [require.resolve("expo")] });
const options = { unstable_transformProfile: "hermes-v0", disableImportExportTransform: true };
const { code } = transformFileSync(script, {
  babelrc: false,
  configFile: false,
  sourceType: "script",
  caller: { name: "metro", engine: "hermes", platform: "android", metroSourceType: "script" },
  presets: [[preset, options]],
});
writeFileSync(lowered, code);
