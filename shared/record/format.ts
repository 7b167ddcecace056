/**
 * The form of what provision leaves behind: entries and marks in the tags of roles, and the outcome that it hands to verify.
 * `writes` is the form of this version; it goes up with a change that a version before would not understand. `reads` are
 * all that this version understands. A deployment says what it writes in the variable STATE_FORMAT of provision, and
 * `npm run deploy` refuses to put a version in its place that cannot read it (docs/decisions/0012-going-back.md).
 */
export const STATE_FORMAT: { readonly writes: number; readonly reads: readonly number[] } = {
  writes: 3,
  reads: [1, 2, 3],
};
