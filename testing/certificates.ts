import { isIP } from "node:net";

/* X.509 certificates, made without a tool that not everybody has installed. */

/** Certificate and private key, as PEM. */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

/** Whoever signs certificates; its own is the root that others are checked with. */
export interface Authority extends CertificatePair {
  /** A certificate for these host names and addresses, until the given time. */
  issue(hosts: readonly string[], until?: Date): Promise<CertificatePair>;
}

const DAY_MILLISECONDS = 86_400_000;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/** Object identifiers, as DER has them. */
const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const SUBJECT_ALTERNATIVE_NAME = [0x55, 0x1d, 0x11];
const BASIC_CONSTRAINTS = [0x55, 0x1d, 0x13];

/** A new authority, good for ten years, as what it issues is unless it is told otherwise. */
export async function createAuthority(name: string): Promise<Authority> {
  const until = new Date(Date.now() + 3_650 * DAY_MILLISECONDS);
  const own = await generateKeys();
  const sign = (subject: Subject) => signCertificate(subject, name, own.privateKey);
  const canSign = extension(BASIC_CONSTRAINTS, sequence(der(0x01, [0xff])), true);
  const root = await sign({ name, until, publicKey: own.publicKey, extension: canSign });
  return {
    certificate: root,
    key: await keyPem(own),
    async issue(hosts, end = until) {
      const keys = await generateKeys();
      const names = sequence(...hosts.map(alternativeName));
      const certificate = await sign({
        name: hosts[0] ?? "",
        until: end,
        publicKey: keys.publicKey,
        extension: extension(SUBJECT_ALTERNATIVE_NAME, names),
      });
      return { certificate, key: await keyPem(keys) };
    },
  };
}

interface Subject {
  readonly name: string;
  readonly until: Date;
  readonly publicKey: CryptoKey;
  readonly extension: readonly number[];
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
async function signCertificate(
  { name, until, publicKey, extension }: Subject,
  issuer: string,
  signer: CryptoKey,
): Promise<string> {
  const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
  const from = new Date(until.getTime() - 3_651 * DAY_MILLISECONDS);
  const body = sequence(
    der(0xa0, integer([2])),
    integer([0x01, ...crypto.getRandomValues(new Uint8Array(15))]),
    algorithm,
    commonName(issuer),
    sequence(time(from), time(until)),
    commonName(name),
    [...new Uint8Array(await crypto.subtle.exportKey("spki", publicKey))],
    der(0xa3, sequence(extension)),
  );
  const signature = new Uint8Array(
    await crypto.subtle.sign({ ...CURVE, hash: "SHA-256" }, signer, new Uint8Array(body)),
  );
  // WebCrypto puts the two numbers of a signature side by side.
  const numbers = [signature.slice(0, 32), signature.slice(32)].map((half) => integer([...half]));
  return pem("CERTIFICATE", sequence(body, algorithm, bits(sequence(...numbers))));
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
}

async function keyPem({ privateKey }: CryptoKeyPair): Promise<string> {
  const bytes = await crypto.subtle.exportKey("pkcs8", privateKey);
  return pem("PRIVATE KEY", [...new Uint8Array(bytes)]);
}

function pem(label: string, bytes: readonly number[]): string {
  const lines = btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** Tag, length and content. */
function der(tag: number, content: readonly number[]): readonly number[] {
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  if (length < 0x100) return [tag, 0x81, length, ...content];
  return [tag, 0x82, length >> 8, length & 0xff, ...content];
}

function sequence(...parts: readonly (readonly number[])[]): readonly number[] {
  return der(0x30, parts.flat());
}

/** A positive number: without zeros in front, except one that tells it from a negative. */
function integer(bytes: readonly number[]): readonly number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.slice(first);
  return der(0x02, (digits[0] ?? 0) >= 0x80 ? [0, ...digits] : digits);
}

function bits(bytes: readonly number[]): readonly number[] {
  return der(0x03, [0, ...bytes]);
}

function identifier(bytes: readonly number[]): readonly number[] {
  return der(0x06, bytes);
}

function ascii(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)];
}

function time(date: Date): readonly number[] {
  // `YYMMDDHHMMSSZ`; the standard wants another form from 2050 on.
  return der(0x17, ascii(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
}

function commonName(name: string): readonly number[] {
  return sequence(der(0x31, sequence(identifier(COMMON_NAME), der(0x0c, ascii(name)))));
}

function alternativeName(host: string): readonly number[] {
  return isIP(host) === 4 ? der(0x87, host.split(".").map(Number)) : der(0x82, ascii(host));
}

function extension(
  name: readonly number[],
  value: readonly number[],
  isCritical = false,
): readonly number[] {
  const critical = isCritical ? der(0x01, [0xff]) : [];
  return sequence(identifier(name), critical, der(0x04, value));
}
