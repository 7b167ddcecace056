/** How late a message can arrive, in ms: the topic keeps it for a day. A closed role keeps its record for as long. */
export const RETENTION_MS = 24 * 60 * 60 * 1_000;
