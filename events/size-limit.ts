/** The longest request that is read, in bytes: what a message of the vendor's queue service holds. */
export const MAX_REQUEST_BYTES = 64 * 1024;
