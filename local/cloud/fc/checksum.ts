import library from 'hash-wasm/dist/crc64.umd.min.js';

let hasher: ReturnType<typeof library.createCRC64> | null = null;

/** CRC64-ECMA as a decimal number, the form of `codeChecksum`: the tool compares it with that of its zip as text. */
export async function crc64(bytes: Uint8Array): Promise<string> {
  hasher ??= library.createCRC64();
  const digest = (await hasher).init().update(bytes).digest();
  return BigInt(`0x${digest}`).toString();
}
