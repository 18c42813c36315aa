import { z } from "zod";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { uploadModel, uploadPicture } from "../support/inputs.ts";
import { withDatabase } from "../support/stack.ts";
import type { Scene } from "./hostile_case.ts";

const draftRow = z.tuple([z.object({ ai_service_task_id: z.string() })]);

/** Two users who have what the other one must not get at. */
export async function prepareScene(): Promise<Scene> {
  const [caller, stranger] = [await signIn(1), await signIn(2)];
  const { celery_task_id: taskId } = await submitTo(stranger, "text-to-model", {
    provider: "tripo",
    prompt: "A private castle",
  });
  await followToEnd(stranger, taskId);
  const [{ ai_service_task_id: draftId }] = draftRow.parse(
    await withDatabase((sql) =>
      sql`select ai_service_task_id from public.models where celery_task_id = ${taskId}`
    ),
  );
  return {
    caller,
    picture: await uploadPicture(caller, "hostile.png"),
    model: await uploadModel(caller, "hostile.glb"),
    foreign: {
      user: stranger,
      picture: await uploadPicture(stranger, "private.png"),
      taskId,
      draftId,
    },
  };
}
