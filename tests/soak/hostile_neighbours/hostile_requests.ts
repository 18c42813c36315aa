/**
 * Sends hostile requests at an even pace while it is told to: a process of its own, so that nothing of it
 * delays those who measure. Reads lines `on` and `off`; answers each with how many requests it has sent.
 * Its argument is an `Order`.
 */
import { setTimeout } from "node:timers/promises";
import { print } from "../../../tools/command_line.ts";
import { type Attack, type Kind, makeAttack, type Pace, type Target } from "./attackers.ts";

export interface Order {
  readonly perSecond: number;
  readonly kinds: readonly Kind[];
  readonly target: Target;
}

/** How many rounds of an attack are under way at once: slow answers do not slow it down. */
const ROUNDS_AT_ONCE = 4;

const { perSecond, kinds, target }: Order = JSON.parse(Deno.args[0] ?? "");
const interval = 1000 * kinds.length / perSecond;

let sent = 0;
let isOn = false;
let begun = Promise.withResolvers<void>();

/** The turns of a kind: never two at once, and none is made up for that was missed. */
function paceOf(offset: number): Pace {
  let next = performance.now() + offset;
  return async () => {
    do {
      await begun.promise;
      const now = performance.now();
      const turn = Math.max(next, now);
      next = turn + interval;
      await setTimeout(turn - now);
    } while (!isOn);
    sent++;
  };
}

async function repeat(attack: Attack, pace: Pace): Promise<never> {
  for (;;) await attack(pace).catch(() => {});
}

const attacks = await Promise.all(kinds.map((kind) => makeAttack(kind, target)));
for (const [index, attack] of attacks.entries()) {
  const pace = paceOf(index * interval / kinds.length);
  for (let round = 0; round < ROUNDS_AT_ONCE; round++) repeat(attack, pace);
}
print("ready");
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  isOn = text.includes("on");
  if (isOn) begun.resolve();
  else begun = Promise.withResolvers();
  print(String(sent));
}
Deno.exit(0);
