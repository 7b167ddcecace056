/** A RAM policy document as this project writes it. */
export interface Document {
  readonly Statement: readonly Statement[];
  readonly Version: '1';
}

export interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: 'Allow' | 'Deny';
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}
