/** The UID of an account: at most 16 digits, as many as the tag of a message holds. */
export const UID = /^[1-9][0-9]{0,15}$/;
