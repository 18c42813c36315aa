/** A number and its labels. */
export interface ReadSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All lines of one name. */
export interface Family {
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ReadSample[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const PAIR = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`;
const HELP = new RegExp(`^# HELP (${NAME}) (.*)$`, "s");
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${PAIR}(?:,${PAIR})*)\\})? (\\S+)$`);
const NUMBER = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]Inf|NaN)$/;

/**
 * Reads Prometheus' text format by its letter (https://prometheus.io/docs/instrumenting/exposition_formats/)
 * and as strictly as possible: each name has help, type and its lines in this order and in one place, each
 * set of labels is there once, and the last line ends, too. Throws an error that names the line.
 */
export function readPrometheusText(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, { help: string; type: string; samples: ReadSample[] }>();
  if (text !== "" && !text.endsWith("\n")) throw new Error("The last line has no end");
  let current = "";
  for (const line of text.split("\n").slice(0, -1)) {
    const refuse = (reason: string): never => {
      throw new Error(`${reason}: ${JSON.stringify(line)}`);
    };
    const [, helped, help = ""] = HELP.exec(line) ?? [];
    const [, typed, type = ""] = TYPE.exec(line) ?? [];
    if (helped !== undefined) {
      if (families.has(helped)) refuse("A second help");
      families.set(helped, { help: unescape(help), type: "", samples: [] });
      current = helped;
      continue;
    }
    const family = families.get(current) ?? refuse("No help before it");
    if (typed !== undefined) {
      if (typed !== current || family.type !== "") refuse("A type in the wrong place");
      family.type = type;
      continue;
    }
    const [, name, pairs = "", number = ""] = SAMPLE.exec(line) ?? refuse("No sample");
    if (name !== current || family.type === "") refuse("A sample in the wrong place");
    if (!NUMBER.test(number)) refuse("No number");
    const labels = labelsOf(pairs);
    if (family.samples.some((other) => isSame(other.labels, labels))) refuse("Twice");
    family.samples.push({ labels, value: Number(number.replace("Inf", "Infinity")) });
  }
  return families;
}

function labelsOf(pairs: string): Record<string, string> {
  const read = [...pairs.matchAll(new RegExp(PAIR, "g"))].map(([pair]) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), unescape(pair.slice(equals + 2, -1))] as const;
  });
  const labels = Object.fromEntries(read);
  if (Object.keys(labels).length < read.length) throw new Error(`A label twice: ${pairs}`);
  return labels;
}

function isSame(left: ReadSample["labels"], right: ReadSample["labels"]): boolean {
  const text = (labels: ReadSample["labels"]): string =>
    JSON.stringify(Object.entries(labels).sort());
  return text(left) === text(right);
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, letter) => letter === "n" ? "\n" : letter);
}
