/** The SHA-256 of the words of a request, in base64url. */
export const DIGEST = /^[A-Za-z0-9_-]{43}$/;
