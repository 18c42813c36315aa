/**
 * An app on a device, run as a process of its own so that it can be killed: makes an image of a file,
 * says each step on standard output, and stops for good at the one that it is told.
 */
import { createMakeIt3D } from "../../../client/mod.ts";
import { FileDevice } from "./file_device.ts";

export interface Order {
  readonly url: string;
  readonly apiKey: string;
  readonly token: string;
  /** What the device keeps, in a file. */
  readonly kept: string;
  readonly photo: string;
  readonly prompt: string;
  /** The step to stop at; undefined: none. */
  readonly stopAt?: string;
}

if (import.meta.main) {
  const order: Order = JSON.parse(Deno.args[0] ?? "");
  const device = new FileDevice(order.kept);

  const reached = new Map<string, number>();

  /** Says a step, and which of its kind it is, and stops there if it is the one. */
  const reach = async (name: string): Promise<void> => {
    const count = (reached.get(name) ?? 0) + 1;
    reached.set(name, count);
    const step = `${name} ${count}`;
    await Deno.stdout.write(new TextEncoder().encode(`${step}\n`));
    if (step === order.stopAt) await new Promise(() => setInterval(() => {}, 1_000));
  };

  const client = createMakeIt3D({
    url: order.url,
    apiKey: order.apiKey,
    accessToken: () => Promise.resolve(order.token),
    storage: {
      getItem: (key) => device.getItem(key),
      removeItem: (key) => device.removeItem(key),
      setItem: async (key, value) => {
        await reach("before keep");
        device.setItem(key, value);
        await reach("after keep");
      },
    },
    fetch: async (input, init) => {
      const path = new URL(String(input)).pathname;
      const name = path.startsWith("/storage")
        ? "upload"
        : path.includes("/tasks/")
        ? "read"
        : "post";
      await reach(`before ${name}`);
      const response = await fetch(input, init);
      const body = await response.arrayBuffer();
      await reach(`after ${name}`);
      return new Response(body, response);
    },
  });
  const image = await Deno.readFile(order.photo);
  const request = { provider: "openai", prompt: order.prompt, image } as const;
  await client.generate("image-to-image", request);
  await reach("end");
}
