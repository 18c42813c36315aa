import assert from "node:assert/strict";
import { isFinal, type Snapshot, type Task, taskById } from "./snapshot.ts";

/**
 * Who waited while whom started. Between two starts of one user's tasks in a lane, everybody whose
 * turn it was at the first must have started.
 */
export class FairQueueing {
  readonly #waitedAtStart = new Map<string, ReadonlySet<string>>();

  /**
   * Follows a claim, which started these tasks in this order.
   * @param lost Tasks without message: nobody can be given them, and it is nobody's turn before.
   */
  follow(
    before: Snapshot,
    after: Snapshot,
    started: readonly Task[],
    lost: ReadonlySet<string>,
  ): void {
    for (const { provider } of before.rows.lanes) {
      const queue = pendingIn(provider, before, after).filter(({ id }) => !lost.has(id));
      const waiting = pendingIn(`${provider}_backlog`, before, after);
      for (const task of started.filter((one) => one.provider === provider)) {
        remove(queue, task);
        remove(waiting, task);
        this.#start(task, queue);
        const next = waiting.find(({ user_id }) => user_id === task.user_id);
        if (!next) continue;
        remove(waiting, next);
        queue.push(next);
      }
    }
  }

  /** A task whose message was lost begins to wait anew. */
  forget(id: string): void {
    for (const [user, waited] of this.#waitedAtStart) {
      this.#waitedAtStart.set(user, new Set([...waited].filter((one) => one !== id)));
    }
  }

  #start({ provider, user_id: user }: Task, queue: readonly Task[]): void {
    const key = `${provider} ${user}`;
    const waited = this.#waitedAtStart.get(key);
    const passedOver = queue.find(({ id }) => waited?.has(id));
    assert.equal(passedOver?.client_task_id, undefined, "a user started twice, another not at all");
    const others = queue.filter(({ user_id }) => user_id !== user);
    this.#waitedAtStart.set(key, new Set(others.map(({ id }) => id)));
  }
}

/** Tasks that were in the queue, in order, without those that ended unstarted. */
function pendingIn(queue: string, before: Snapshot, after: Snapshot): Task[] {
  const isAlive = ({ id }: Task): boolean => {
    const now = taskById(after, id);
    return now !== undefined && !isFinal(now);
  };
  return before.rows.tasks
    .filter((task) => task.status === "pending" && task.queue === queue && isAlive(task))
    .sort((left, right) => Number(left.message_id) - Number(right.message_id));
}

function remove(tasks: Task[], task: Task): void {
  const at = tasks.findIndex(({ id }) => id === task.id);
  if (at >= 0) tasks.splice(at, 1);
}
