import { stack } from "../../support/stack.ts";
import type { HostileCase, Scene } from "../hostile_case.ts";
import { type Refusal, submission } from "../requests.ts";

const ELSEWHERE: Refusal = {
  error: "invalid_asset",
  words: /Must be the URL of a file in this project's Storage, as http/,
};

/** Hosts in front of a path that is right. The project's own is 127.0.0.1 with its port. */
function hosts(port: number): string[] {
  return [
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0x7f.0.0.1:${port}`,
    `0177.0.0.1:${port}`,
    `017700000001:${port}`,
    `127.1:${port}`,
    `127.0.1:${port}`,
    `127.0.0.1.:${port}`,
    `127.0.0.2:${port}`,
    `localhost.:${port}`,
    `localhost.localdomain:${port}`,
    `0.0.0.0:${port}`,
    `0:${port}`,
    `[::1]:${port}`,
    `[::]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `[::ffff:7f00:1]:${port}`,
    `[0:0:0:0:0:ffff:127.0.0.1]:${port}`,
    `127.0.0.1.nip.io:${port}`,
    `①②⑦.⓪.⓪.①:${port}`,
    `127。0。0。1:${port}`,
    `127.0.0.1`,
    `127.0.0.1:80`,
    `127.0.0.1:${port + 1}`,
    `127.0.0.1:${port}0`,
    `user@127.0.0.1:${port}`,
    `user:password@127.0.0.1:${port}`,
    `127.0.0.1:${port}@evil.example`,
    `127.0.0.1:${port}#@evil.example`,
    `evil.example#127.0.0.1:${port}`,
    `evil.example?127.0.0.1:${port}`,
    `evil.example\\@127.0.0.1:${port}`,
    "evil.example",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "0xa9fea9fe",
    "2852039166",
    "metadata.google.internal",
    "10.0.0.1",
    "192.168.0.1",
    "kong:8000",
    "supabase.co",
  ];
}

/** Whole addresses of another kind. */
function others(project: string, path: string): string[] {
  return [
    `//${project.slice("http://".length)}${path}`,
    path,
    `.${path}`,
    `https://${project.slice("http://".length)}${path}`,
    `ftp://${project.slice("http://".length)}${path}`,
    `ws://${project.slice("http://".length)}${path}`,
    `http:${path}`,
    `http:\\\\${project.slice("http://".length)}${path}`,
    `view-source:${project}${path}`,
    `blob:${project}${path}`,
    `jar:${project}${path}!/`,
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "gopher://127.0.0.1:5432/_x",
    "dict://127.0.0.1:6379/info",
    "ldap://127.0.0.1/x",
    "data:image/png;base64,iVBORw0KGgo=",
    "javascript:alert(1)",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "http://[::ffff:169.254.169.254]/latest/meta-data/",
    "http://127.0.0.1:5432/",
    "postgres://postgres@127.0.0.1/postgres",
    "about:blank",
    "http://",
    "//",
    "?",
    "%",
    "\\\\127.0.0.1\\share\\a.png",
    `${project}/rest/v1/tasks?select=*`,
    `${project}/auth/v1/admin/users`,
    `${project}/functions/v1/worker`,
    `${project}/storage/v1/bucket/inputs`,
    `${project}/storage/v1/object/`,
  ];
}

/** Addresses at which Storage would draw another picture of a file. */
function transformed(project: string, pathname: string): string[] {
  const render = `${project}/storage/v1/render/image`;
  return [
    `${render}/authenticated/inputs/a.png`,
    `${render}${pathname.replace("/storage/v1/object", "")}?width=1`,
  ];
}

/** The right host with a path that goes round about. */
function crooked(project: string, userId: string, name: string): string[] {
  const object = `${project}/storage/v1/object`;
  const inputs = `${object}/authenticated/inputs`;
  return [
    `${inputs}/${userId}/x/../${name}`,
    `${inputs}/x/../${userId}/${name}`,
    `${inputs}/../inputs/${userId}/${name}`,
    `${inputs}/${userId}/./${name}`,
    `${inputs}/${userId}/%2e/${name}`,
    `${inputs}/${userId}/x/%2e%2E/${name}`,
    `${inputs}/${userId}/x%2f..%2f${name}`,
    `${inputs}/${userId}/x%2f%2e%2e%2f${name}`,
    `${inputs}/${userId}%2f${name}`,
    `${inputs}/${userId}//${name}`,
    `${inputs}/${userId}\\${name}`,
    `${inputs}/${userId}%5c${name}`,
    `${inputs}/${userId}/${name}%00`,
    `${inputs}/${userId}/${name}%0a`,
    `${inputs}/${userId}/${name}%zz`,
    `${inputs}/${userId}/%ed%a0%80${name}`,
    `${inputs}/${userId}/\t${name}`,
    `${inputs}/${userId}/${name}/`,
    `${inputs}/`,
    `${object}/authenticated/inputs%2f${userId}/${name}`,
    `${object}/authenticated/in%00puts/${userId}/${name}`,
    `${object}/authenticated/%00/${userId}/${name}`,
    `${object}/public/../authenticated/inputs/${userId}/${name}`,
    `${project}/storage/v1/../v1/object/authenticated/inputs/${userId}/${name}`,
    `${project}//storage/v1/object/authenticated/inputs/${userId}/${name}`,
  ];
}

/** The right form of an address, and nothing there. */
function missing(project: string, userId: string, name: string): string[] {
  const object = `${project}/storage/v1/object`;
  return [
    `${object}/authenticated/inputs/${userId}/no-such-file.png`,
    `${object}/authenticated/inputs/${userId}/${name.toUpperCase()}`,
    `${object}/authenticated/inputs/${userId}/${name}%20`,
    `${object}/authenticated/inputs/${userId}/%252e%252e%252f${name}`,
    `${object}/authenticated/inputs/${userId}/%25`,
    `${object}/authenticated/inputs/${userId}/_`,
    `${object}/authenticated/inputs/%25/%25`,
    `${object}/authenticated/INPUTS/${userId}/${name}`,
    `${object}/list/inputs`,
    `${object}/authenticated/no-such-bucket/${userId}/${name}`,
    `${object}/public/generated/${userId}/${name}`,
    `${object}/sign/inputs/${userId}/no-such-file.png?token=${"x".repeat(500)}`,
    `${object}/authenticated/inputs/${userId}/${encodeURIComponent("'; select 1; --")}`,
    `${object}/authenticated/inputs/${userId}/${"x".repeat(1_000)}`,
    `${object}/authenticated/inputs/${userId}/🙂.png`,
  ];
}

/** Addresses that are to make us fetch, read or find what is not the caller's. */
export function assetUrls(scene: Scene): HostileCase[] {
  const { caller, picture } = scene;
  const { pathname } = new URL(picture);
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  const address = (value: string, refusal: Refusal): HostileCase =>
    submission(scene, value.slice(0, 200), "image-to-image", {
      provider: "openai",
      prompt: "x",
      input_image_asset_url: value,
    }, refusal);
  const elsewhere = [
    ...hosts(stack.ports.gateway).map((host) => `http://${host}${pathname}`),
    ...others(stack.projectUrl, pathname),
    ...crooked(stack.projectUrl, caller.id, name),
  ];
  return [
    ...elsewhere.map((value) => address(value, ELSEWHERE)),
    ...transformed(stack.projectUrl, pathname).map((value) =>
      address(value, { error: "invalid_asset", words: /address of a transformed image/ })
    ),
    ...missing(stack.projectUrl, caller.id, name).map((value) =>
      address(value, { error: "invalid_asset", words: /No such file, or not yours to read/ })
    ),
  ];
}
