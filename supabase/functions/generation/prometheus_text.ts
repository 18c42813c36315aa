/** A number of a moment. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All numbers of one name. */
export interface Gauge {
  readonly name: string;
  /** What it says, for people. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Writes gauges in Prometheus' text format. Its own client keeps numbers in the memory of a process,
 * and there is none here that would see all of them.
 */
export function prometheusText(gauges: readonly Gauge[]): string {
  return gauges.map(({ name, help, samples }) =>
    [
      `# HELP ${name} ${escape(help)}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`),
    ].map((line) => `${line}\n`).join("")
  ).join("");
}

function labelsText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) =>
    `${name}="${escape(value).replaceAll('"', '\\"')}"`
  );
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escape(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
