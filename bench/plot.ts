import type { StandardRun } from "./results.ts";
import { figure } from "./table.ts";

const WIDTH = 720;
const LABEL_WIDTH = 210;
const ROW_HEIGHT = 30;
const BAR_HEIGHT = 16;
const TOP = 44;
const BOTTOM = 34;

interface Bar {
  readonly label: string;
  readonly ratio: number;
  readonly target: number | undefined;
}

/** Throughput as a share of its floor: a bar each, with a mark where the target is. */
export function plot({ throughput, drain }: StandardRun): string {
  const bars = [
    ...throughput.map(({ name, callers, ratio, atLeast }): Bar => ({
      label: `${name}, ${callers} caller${callers === 1 ? "" : "s"}`,
      ratio,
      target: atLeast,
    })),
    { label: "Drained tasks, 20 at once", ratio: drain.ratio, target: drain.atLeast },
  ];
  const end = Math.max(1, ...bars.map(({ ratio }) => ratio)) * 1.08;
  const scale = (ratio: number): number => LABEL_WIDTH + (ratio / end) * (WIDTH - LABEL_WIDTH - 20);
  const height = TOP + bars.length * ROW_HEIGHT + BOTTOM;
  const ticks = Array.from({ length: Math.floor(end / 0.2) + 1 }, (_, index) => index * 0.2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ` +
    `font-family="system-ui, sans-serif" font-size="13">`,
    "<title>Throughput as a share of its floor</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(LABEL_WIDTH, 24, "Throughput as a share of its floor", { weight: 600 }),
    ...ticks.map((ratio) => tick(scale(ratio), height - BOTTOM, ratio)),
    ...bars.map((bar, index) => drawBar(bar, TOP + index * ROW_HEIGHT, scale)),
    text(WIDTH - 20, height - 4, "| target", { anchor: "end", color: "#b3261e" }),
    "</svg>",
    "",
  ].join("\n");
}

function drawBar(
  { label, ratio, target }: Bar,
  y: number,
  scale: (ratio: number) => number,
): string {
  const [left, right] = [scale(0), scale(ratio)];
  const middle = y + ROW_HEIGHT / 2 + 4;
  const top = y + (ROW_HEIGHT - BAR_HEIGHT) / 2;
  const mark = target === undefined
    ? ""
    : `<path d="M${place(scale(target))} ${top - 4}v${
      BAR_HEIGHT + 8
    }" stroke="#b3261e" stroke-width="2"/>`;
  return [
    text(LABEL_WIDTH - 10, middle, label, { anchor: "end" }),
    `<rect x="${place(left)}" y="${top}" width="${
      place(right - left)
    }" height="${BAR_HEIGHT}" fill="#5b7db1"/>`,
    text(right + 6, middle, figure(ratio), {}),
    mark,
  ].join("");
}

function tick(x: number, bottom: number, ratio: number): string {
  return `<path d="M${place(x)} ${TOP - 6}V${bottom}" stroke="#dddddd"/>` +
    text(x, bottom + 16, ratio.toFixed(1), { anchor: "middle", color: "#666666" });
}

function text(
  x: number,
  y: number,
  words: string,
  { anchor = "start", color = "#222222", weight = 400 }: {
    readonly anchor?: "start" | "middle" | "end";
    readonly color?: string;
    readonly weight?: number;
  },
): string {
  return `<text x="${place(x)}" y="${place(y)}" text-anchor="${anchor}" fill="${color}" ` +
    `font-weight="${weight}">${words}</text>`;
}

function place(value: number): string {
  return value.toFixed(1);
}
