import assert from "node:assert/strict";
import { isPublicAddress } from "./response_url.ts";

type Cases = Readonly<Record<string, readonly string[]>>;

async function check(t: Deno.TestContext, cases: Cases, expected: boolean): Promise<void> {
  for (const [name, addresses] of Object.entries(cases)) {
    await t.step(name, () => {
      for (const address of addresses) assert.equal(isPublicAddress(address), expected, address);
    });
  }
}

// The registries of special addresses: https://www.iana.org/assignments/iana-ipv4-special-registry
// and https://www.iana.org/assignments/iana-ipv6-special-registry. First and last of each block.

Deno.test("no special IPv4 address is public", async (t) => {
  await check(t, {
    "this network, 0/8": ["0.0.0.0", "0.0.0.1", "0.255.255.255"],
    "private, 10/8": ["10.0.0.0", "10.255.255.255"],
    "carrier-grade NAT, 100.64/10": ["100.64.0.0", "100.127.255.255"],
    "loopback, 127/8": ["127.0.0.0", "127.0.0.1", "127.255.255.255"],
    "link-local and metadata services, 169.254/16": [
      "169.254.0.0",
      "169.254.169.254",
      "169.254.170.2",
      "169.254.255.255",
    ],
    "private, 172.16/12": ["172.16.0.0", "172.31.255.255"],
    "protocol assignments, 192.0.0/24": ["192.0.0.0", "192.0.0.192", "192.0.0.255"],
    "documentation": ["192.0.2.0", "192.0.2.255", "198.51.100.1", "203.0.113.255"],
    "6to4 relays, 192.88.99/24": ["192.88.99.0", "192.88.99.255"],
    "private, 192.168/16": ["192.168.0.0", "192.168.255.255"],
    "benchmarking, 198.18/15": ["198.18.0.0", "198.19.255.255"],
    "multicast, 224/4": ["224.0.0.0", "239.255.255.255"],
    "reserved, 240/4": ["240.0.0.0", "255.255.255.254"],
    "broadcast": ["255.255.255.255"],
    "as a number, octal or hexadecimal": ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"],
  }, false);
});

Deno.test("no special IPv6 address is public", async (t) => {
  await check(t, {
    "unspecified and loopback": ["::", "::1", "0:0:0:0:0:0:0:1"],
    "mapped IPv4": [
      "::ffff:127.0.0.1",
      "::ffff:7f00:1",
      "::ffff:10.0.0.1",
      "::ffff:169.254.169.254",
    ],
    "compatible IPv4": ["::127.0.0.1", "::7f00:1", "::a00:1"],
    "translated IPv4": ["::ffff:0:127.0.0.1"],
    "NAT64, 64:ff9b::/96 and 64:ff9b:1::/48": [
      "64:ff9b::127.0.0.1",
      "64:ff9b::a9fe:a9fe",
      "64:ff9b:1::1",
      "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    ],
    "discard, 100::/64": ["100::", "100::1"],
    "Teredo, 2001::/32": ["2001::", "2001:0:7f00:1::"],
    "benchmarking, 2001:2::/48": ["2001:2::1"],
    "ORCHID, 2001:20::/28": ["2001:20::1"],
    "documentation": ["2001:db8::1", "3fff::1", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
    "6to4, 2002::/16": ["2002::", "2002:7f00:1::", "2002:a9fe:a9fe::1"],
    "segment routing, 5f00::/16": ["5f00::1"],
    "unique local, fc00::/7": ["fc00::", "fd00:ec2::254", "fdff:ffff::1"],
    "link-local, fe80::/10": ["fe80::1", "febf::1", "fe80::1%eth0"],
    "site-local, fec0::/10": ["fec0::1", "feff::1"],
    "multicast, ff00::/8": ["ff00::", "ff02::1", "ffff::1"],
  }, false);
});

Deno.test("what is no IP address is not public", async (t) => {
  await check(t, {
    "names and nothing": ["", "localhost", "example.com", "[::1]", "1.2.3.4.5", "1.2.3.256", ":::"],
  }, false);
});

Deno.test("every other address is", async (t) => {
  await check(t, {
    "IPv4": ["1.1.1.1", "8.8.8.8", "104.18.7.192"],
    "beside the private blocks": [
      "9.255.255.255",
      "11.0.0.0",
      "100.63.255.255",
      "100.128.0.0",
      "126.255.255.255",
      "128.0.0.0",
      "169.253.255.255",
      "169.255.0.0",
      "172.15.255.255",
      "172.32.0.0",
      "192.167.255.255",
      "192.169.0.0",
      "198.17.255.255",
      "198.20.0.0",
      "223.255.255.255",
    ],
    "IPv6": ["2606:4700::6812:7c0", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8"],
  }, true);
});
