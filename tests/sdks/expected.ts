/** What an app sees of the project, wherever it runs: as the platform answers. */
export const expected = {
  signUp: {
    errors: [null, null, null, null, null],
    isSameUser: true,
    wrongPassword: "invalid_credentials",
  },
  tables: {
    inserted: 3,
    updated: 1,
    page: ["c", "b"],
    count: 3,
    one: { task_id: "b", metadata: { seen: true } },
    none: "PGRST116",
    deleted: 3,
    foreign: "42501",
  },
  files: {
    uploads: Object.fromEntries(
      ["File", "Blob", "Uint8Array", "ArrayBuffer"]
        .map((kind) => [kind, { isKey: true, type: "image/png", isSame: true }]),
    ),
    names: {
      "a:b+c&d=e,f;g@h$i.png": null,
      "it's (1) a! *.png": null,
      "plain.png": null,
      ...Object.fromEntries(
        ["ü.png", "a#b.png", "a[1].png", "a~b.png", "a|b.png", 'a"b.png']
          .map((name) => [name, "400 Invalid key"]),
      ),
    },
    errors: [null, null],
    again: "409",
    foreign: "403",
    capitals: null,
    lists: {
      user: ["forms", "names"],
      folder: ["ArrayBuffer.png", "Blob.png", "File.png", "Uint8Array.png"],
      page: ["Blob.png", "File.png"],
      reverse: ["Uint8Array.png"],
      found: [["Blob.png", 1000, "image/png"]],
    },
    others: {
      errors: Array(8).fill(null),
      isKey: true,
      length: 10,
      both: [false, true],
      refused: "400",
      exists: true,
      removed: 2,
    },
  },
  resumable: {
    stored: "stored",
    isSame: true,
    type: "image/png",
    foreign: "403",
    badName: "400",
  },
  functions: {
    plan: "default",
    refused: "invalid_asset",
    last: "complete",
    image: [200, "image/png"],
  },
};
