/** An id that nobody has, also where `crypto.randomUUID` is missing: React Native, pages without TLS. */
export function randomId(): string {
  const { crypto } = globalThis;
  if (typeof crypto?.randomUUID === "function") return crypto.randomUUID();
  const bytes = new Uint8Array(16);
  if (typeof crypto?.getRandomValues === "function") crypto.getRandomValues(bytes);
  // It must be the user's only one, and no secret.
  else bytes.forEach((_, place) => bytes[place] = Math.floor(Math.random() * 256));
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
