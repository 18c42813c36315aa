/** A direction that imports must keep. */
export interface ImportRule {
  readonly name: string;
  readonly reason: string;
  /** Files that the rule is about, by their path from the root; its groups are given to `forbids`. */
  readonly files: RegExp;
  /**
   * Whether a file must not import this.
   *
   * @param imported A package by its name, a file by its path from the root.
   * @param groups What the groups of `files` matched in the importing file's path.
   */
  forbids(imported: string, groups: readonly (string | undefined)[]): boolean;
}

/** Tests and their helpers, which are never deployed. */
export const TEST_FILE = /_test\.ts$|(?:^|\/)testing\.ts$|^testing\//;

const PROVIDER_FOLDER = /^shared\/providers\/(?!transport\/)([^/]+)\//;
const FUNCTION_FOLDER = /^supabase\/functions\/([^/]+)\//;
const DEPLOYED = /^(?:shared|supabase\/functions)\/(?!.*(?:_test|\/testing)\.ts$)/;

export const importRules: readonly ImportRule[] = [
  {
    name: "contract imports only zod and itself",
    reason: "clients and tests can take the contract without the rest",
    files: /^shared\/contract\/(?!.*_test\.ts$)/,
    forbids: (imported) => imported !== "zod" && !imported.startsWith("shared/contract/"),
  },
  {
    name: "providers know no tasks, callers, HTTP or Storage",
    reason: "a provider is a mapping and one call; the worker does the rest",
    files: /^shared\/providers\//,
    forbids: (imported) => /^shared\/(?:tasks|auth|http|storage|generation)\//.test(imported),
  },
  {
    name: "a provider knows no other provider",
    reason: "each can be changed or removed alone",
    files: PROVIDER_FOLDER,
    forbids: (imported, [provider]) =>
      ![undefined, provider].includes(PROVIDER_FOLDER.exec(imported)?.[1]),
  },
  {
    name: "transport knows no provider",
    reason: "what all providers' calls have in common is the same for each",
    files: /^shared\/providers\/transport\/(?!.*_test\.ts$)/,
    forbids: (imported) => PROVIDER_FOLDER.test(imported),
  },
  {
    name: "shared imports nothing from supabase",
    reason: "functions build on shared, never the other way round",
    files: /^shared\//,
    forbids: (imported) => imported.startsWith("supabase/"),
  },
  {
    name: "a function knows no other function",
    reason: "functions are deployed one by one; what two need is shared",
    files: FUNCTION_FOLDER,
    forbids: (imported, [folder]) =>
      ![undefined, folder].includes(FUNCTION_FOLDER.exec(imported)?.[1]),
  },
  {
    name: "what is deployed imports no tool and no simulator",
    reason: "the local stack is not a part of the product",
    files: DEPLOYED,
    forbids: (imported) => /^(?:tools|simulators|bench|tests)\//.test(imported),
  },
  {
    name: "what is deployed imports no test",
    reason: "test code must not be bundled",
    files: DEPLOYED,
    forbids: (imported) => TEST_FILE.test(imported),
  },
  {
    name: "unit tests need no stack",
    reason: "the fast gate runs them; what needs a stack belongs into tests/",
    files: /^(?:shared|supabase\/functions|testing)\//,
    forbids: (imported) => /^(?:tools|bench|tests)\//.test(imported),
  },
  {
    name: "the client imports only itself, and what apps have",
    reason: "it is a package of its own, without dependencies",
    files: /^client\/(?!.*_test\.ts$)/,
    forbids: (imported) => !/^client\/|^react$|^react-native$/.test(imported),
  },
  {
    name: "simulators know nothing of the product",
    reason: "they follow the services' documentation, so that a mistake is not made twice",
    files: /^simulators\//,
    forbids: (imported) =>
      /^(?:supabase|tools|bench|tests)\//.test(imported) ||
      /^shared\/(?!sleep\.ts$)/.test(imported),
  },
  {
    name: "an import of a file carries its extension",
    reason: "the platform's bundler follows imports as they are written",
    files: /./,
    forbids: (imported) =>
      /^(?:bench|client|shared|simulators|supabase|testing|tests|tools)\//.test(imported) &&
      !/\.(?:ts|js|json)$/.test(imported),
  },
];

/** The rules that an import breaks. */
export function brokenImportRules(path: string, imported: string): readonly ImportRule[] {
  return importRules.filter(({ files, forbids }) => {
    const groups = files.exec(path)?.slice(1);
    return groups !== undefined && forbids(imported, groups);
  });
}
