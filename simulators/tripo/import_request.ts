/**
 * Requests to take in a foreign model, which cost nothing.
 *
 * @module
 */
import { TripoError } from "./errors.ts";
import { importSchema, readBody } from "./fields.ts";
import { type Account, readModelSource } from "./sources.ts";
import type { TaskOrder } from "./tasks.ts";

/** Reads `POST /models/import`. */
export async function readImport(request: Request, account: Account): Promise<TaskOrder> {
  const { sent, fields } = await readBody(request, importSchema);
  const source = await readModelSource(fields.input, "input", account);
  if (source.kind === "task") throw new TripoError("wrong_source_task");
  return {
    type: "import_model",
    credits: 0,
    input: sent,
    seed: ["import_model", source.file.description.sha256].join("\n"),
    textured: true,
  };
}
