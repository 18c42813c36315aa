/** What the page says beside the numbers; it holds none of its own. */
export const notes = {
  introduction: [
    "Everything runs on one machine: the caller, the gateway, the functions, the worker, Storage and",
    "Postgres share its cores. So a figure by itself says little, and each stands beside its",
    "**floor**, the least that the same thing could cost, measured in the same minutes by the same",
    "loop: backend and floor take turns for several rounds, and a ratio is the median of the rounds'.",
    "A caller calls again as soon as it has its answer.",
  ].join(" "),
  standard: [
    "**Accepted submits**: `POST /generation/text-to-image` through the gateway, each under a new",
    "`task_id`, while the lane is paused. Floor: `select pgmq.send(…)` over as many connections.",
    "\n\n**Status reads**: `GET /tasks/{id}/status` through the gateway. Floor: the same row, read",
    "under the caller's role over as many connections.",
    "\n\n**Drained tasks**: tasks that wait, until all are complete, with a provider that answers at",
    "once. Floor: as many calls of the provider and uploads to Storage by the same code, as many at a",
    "time as the worker does, without queue and database.",
    "\n\n**Submit to provider call**: one task at a time, from the begin of the request until the",
    "provider has the call; the worker runs and has nothing to do. Floor: a message sent, the worker",
    "woken and answering, the message read, the provider called.",
    "\n\n**Cold start**: from the start of the process until its first answer, with the cache of",
    "modules filled. The platform starts bundles, and is faster.",
  ].join(" "),
  large: [
    "Claims are measured in transactions that are rolled back, as the worker's own look for work is:",
    "for twenty tasks, over all lanes. Empty is measured before and after, and their mean is taken.",
  ].join(" "),
};
