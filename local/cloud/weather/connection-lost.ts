/** Signals the door to close the connection without an answer. */
export class ConnectionLost extends Error {}
