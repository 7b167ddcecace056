/** How far the signer's clock may be off, either way, in milliseconds. */
export const SKEW_MS = 15 * 60 * 1000;
