// Sends what is for these services to where they are simulated. The programs know their own addresses.
import process from "node:process";

const { SIMULATED } = process.env;
const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  fetch(String(input).replace(/^https:\/\/(queue\.fal\.run|api\.replicate\.com)/, SIMULATED), init);
