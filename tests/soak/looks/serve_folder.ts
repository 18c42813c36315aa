import { basename, join } from "node:path";

/** Serves the files of a folder in ranges, whatever comes before their names, as Storage does. */
export function serveFolder(folder: string): AsyncDisposable & { readonly url: string } {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "") ?? [];
      using file = await Deno.open(join(folder, basename(decodeURIComponent(pathname))));
      await file.seek(Number(start), Deno.SeekMode.Start);
      const bytes = new Uint8Array(Number(end) + 1 - Number(start));
      let known = 0;
      for (let count: number | null = 0; count !== null && known < bytes.length;) {
        count = await file.read(bytes.subarray(known));
        known += count ?? 0;
      }
      return new Response(bytes.subarray(0, known), { status: 206 });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
