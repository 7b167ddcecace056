import http from 'node:http';
import https from 'node:https';

/**
 * Connections for those SDKs alone that read every answer through their HTTP client (`httpx` 2.3.3): the queue's and the
 * log's. That client starts one timer for each call, kept on the connection, and the reading ends it. The core reads
 * answers by itself, so its timer goes off up to 10 s later and ends the timer of whatever call has the connection then.
 * A call that looks for its timer while it reads, and finds none, takes an answer that is there for a timeout, and is
 * made again. So no connection that the core has used may be used here, however long the process lives.
 */
const AGENTS = {
  http: new http.Agent({ keepAlive: true }),
  https: new https.Agent({ keepAlive: true }),
} as const;

/** For calls to `url`. */
export const ownAgent = (url: string): http.Agent | https.Agent =>
  new URL(url).protocol === 'https:' ? AGENTS.https : AGENTS.http;
