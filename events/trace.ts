/** `traceparent` of the W3C Trace Context, version 00: neither of its ids is all zeros. */
export const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The field of whatever belongs to a trace; nothing where there is none. */
export const traced = (traceparent: string | null | undefined): { readonly traceparent?: string } =>
  traceparent === null || traceparent === undefined ? {} : { traceparent };
