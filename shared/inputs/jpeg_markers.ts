/** The markers of JPEG (ITU-T T.81, table B.1) that matter here, by the byte behind the FF. */
export const marker = {
  END: 0xd9,
  SCAN: 0xda,
  APP0: 0xe0,
  APP1: 0xe1,
  APP2: 0xe2,
  APP11: 0xeb,
  APP14: 0xee,
  APP15: 0xef,
  COMMENT: 0xfe,
  /** Baseline, extended and progressive, all with Huffman codes: what every program reads. */
  COMMON_FRAMES: [0xc0, 0xc1, 0xc2] as readonly number[],

  /** Whether it begins a frame, which says how large the picture is. */
  isFrame(code: number): boolean {
    const isTable = code === 0xc4 || code === 0xc8 || code === 0xcc;
    return code >= 0xc0 && code <= 0xcf && !isTable;
  },

  /** Whether nothing but the marker itself belongs to it. */
  isAlone(code: number): boolean {
    return code === 0x01 || (code >= 0xd0 && code <= 0xd7);
  },

  /** Whether an FF and this stand within a scan: a stuffed byte, a restart, a fill byte. */
  isInScan(code: number): boolean {
    return code === 0x00 || code === 0xff || (code >= 0xd0 && code <= 0xd7);
  },

  /** The same of a whole picture, between whose scans stand tables. */
  isOfPicture(code: number): boolean {
    return this.isInScan(code) || code === 0xc4 || (code >= 0xda && code <= 0xdd);
  },
} as const;
