/** A page that makes 3D models of photos. A reload, or a closed tab, loses nothing that was asked for. */
import { CanceledError, createMakeIt3D } from "@makeit3d/client";
import { browserImages } from "@makeit3d/client/images";
import { createClient } from "@supabase/supabase-js";

// `serve.js` puts the values in. None is a secret: the user's token is what counts.
const supabase = createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY);
const makeit3d = createMakeIt3D({ supabase, apiKey: API_KEY, prepare: browserImages() });

const form = element("sign-in", HTMLFormElement);
const photo = element("photo", HTMLInputElement);
const models = element("models", HTMLUListElement);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  const { error } = await supabase.auth.signInWithPassword({
    email: String(email),
    password: String(password),
  });
  if (error) showProblem(error);
  else await showModels().catch(showProblem);
});

photo.addEventListener("change", async () => {
  const [file] = photo.files ?? [];
  if (file === undefined) return;
  const line = addLine("Uploading");
  try {
    const request = /** @type {const} */ ({ provider: "tripo", images: [file] });
    const onUpload = (/** @type {number} */ sent, /** @type {number} */ total) => {
      line.textContent = `Uploading, ${Math.floor(100 * sent / total)} %`;
    };
    await show(await makeit3d.submit("image-to-model", request, { onUpload }), line);
  } catch (error) {
    line.textContent = String(error);
  }
});

/** What there is of the user who is signed in, and what was under way when the page ended. */
async function showModels() {
  const { data: { session } } = await supabase.auth.getSession();
  form.hidden = session !== null;
  element("signed-in", HTMLElement).hidden = session === null;
  if (session === null) return;
  const { tasks } = await makeit3d.list({ operation: "image-to-model", status: "complete" });
  for (const { assets: [model] } of tasks.toReversed()) {
    if (model) addLine("").append(linkTo(model));
  }
  for (const generation of await makeit3d.resume()) void show(generation, addLine("Going on"));
}

/**
 * Shows how far a generation is, and its model at last.
 *
 * @param {import("@makeit3d/client").Generation} generation
 * @param {HTMLLIElement} line
 */
async function show(generation, line) {
  const cancel = document.createElement("button");
  cancel.textContent = "Cancel";
  // Too late to cancel is no problem: the model is shown.
  cancel.addEventListener("click", () => void generation.cancel().catch(() => {}));
  const leave = generation.subscribe(() => {
    const { task, problem } = generation;
    const words = problem?.message ?? `${task?.status ?? "sent"} ${task?.progress ?? 0} %`;
    line.replaceChildren(words, " ", cancel);
  });
  try {
    const { assets: [model] } = await generation.result();
    leave();
    line.replaceChildren(model ? linkTo(model) : "No model");
  } catch (error) {
    leave();
    line.textContent = error instanceof CanceledError
      ? `Canceled, billed: ${error.billed}`
      : String(error);
  }
}

/** @param {import("@makeit3d/client").Asset} model */
function linkTo(model) {
  const link = document.createElement("a");
  link.href = model.url;
  link.textContent = `Model, ${model.triangles ?? "?"} triangles`;
  return link;
}

/** @param {string} text */
function addLine(text) {
  const line = document.createElement("li");
  line.textContent = text;
  models.prepend(line);
  return line;
}

/** @param {unknown} error */
function showProblem(error) {
  element("problem", HTMLElement).textContent = String(error);
}

/**
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${id}`);
}

await showModels().catch(showProblem);
