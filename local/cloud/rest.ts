/** An HTTP request as a door hands it to a REST-style service (MNS, Function Compute). Header names are lower case. */
export interface RestRequest {
  readonly method: string;
  /** How it came in; default `http`. */
  readonly scheme?: 'http' | 'https';
  /** The decoded path, without the query. */
  readonly path: string;
  /** Path and query exactly as sent: what MNS signatures cover. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
