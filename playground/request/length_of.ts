/** How many characters a text has, as the API counts: what people see as one may be several. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
