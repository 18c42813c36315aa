import type { Page } from "playwright-core";
import { withDatabase } from "../../support/stack.ts";
import { waitUntil } from "../../support/wait_until.ts";

/** A task as it is in the database. */
export interface TaskRow {
  readonly id: string;
  readonly operation: string;
  readonly provider: string;
  readonly status: string;
  readonly client_task_id: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Every task of a prompt, oldest first. */
export async function tasksOf(prompt: string): Promise<readonly TaskRow[]> {
  const rows = await withDatabase((sql) =>
    sql<TaskRow[]>`
      select id, operation, provider, status, client_task_id, parameters
      from public.tasks where parameters ->> 'prompt' = ${prompt} order by created_at
    `
  );
  return Array.from(rows);
}

/** Waits for as many tasks of a prompt as there are to be, all complete. */
export async function completeTasksOf(
  prompt: string,
  count: number,
): Promise<readonly TaskRow[]> {
  return await waitUntil(`${count} complete tasks of "${prompt}"`, async () => {
    const tasks = await tasksOf(prompt);
    const isDone = tasks.length >= count && tasks.every(({ status }) => status === "complete");
    return isDone && tasks;
  }, 60);
}

/** Waits for the task that the form's page shows, once it is one of an operation and complete. */
export async function completeTaskShown(page: Page, operationName: string): Promise<TaskRow> {
  const panel = page.locator("#result .task-panel", {
    has: page.getByRole("heading", { name: operationName }),
  });
  const id = await panel.locator(".copy-id code").textContent();
  return await waitUntil(`the end of task ${id}`, async () => {
    const [task] = await withDatabase((sql) =>
      sql<TaskRow[]>`
        select id, operation, provider, status, client_task_id, parameters
        from public.tasks where id = ${id} and status = 'complete'
      `
    );
    return task ?? false;
  }, 60);
}

/** Opens a place of the playground in the page that is there. */
export async function openRoute(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => location.hash = hash, `#/${route}`);
}
