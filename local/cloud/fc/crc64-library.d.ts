/** The part of `hash-wasm` that loads in milliseconds: its other doors bring every algorithm along. */
declare module 'hash-wasm/dist/crc64.umd.min.js' {
  const library: Pick<typeof import('hash-wasm'), 'createCRC64'>;
  export default library;
}
