const MAX_COLUMNS = 100;

/** One sentence for one object, or a row of a seeded table: a text stays in one piece. */
const MAY_BE_LONG = /^(?:comment on |\s*\('[^']*', )/;

/** Lines of SQL that are too long to read side by side, as `path:line`. */
export function longLines(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) =>
    line.length > MAX_COLUMNS && !MAY_BE_LONG.test(line) ? [`${path}:${index + 1}`] : []
  );
}
