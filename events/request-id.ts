/** What a request may be called: 1 to 128 characters that are safe in a name, a header and a log line. */
export const REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The same in words, for messages. */
export const REQUEST_ID_WORDS = '1 to 128 of letters, digits, ".", "_", ":", "-"';
