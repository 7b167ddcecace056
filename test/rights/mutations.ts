import type { Document, Statement } from '../../shared/catalogue/document.ts';

/** A document without one of its words, or with one word that says more. */
export interface Mutation {
  /** `action`: taken out of its statement. `resource`: taken out of a statement that names several. */
  readonly kind: 'action' | 'resource';
  /** What was taken out. */
  readonly word: string;
  /** Actions that it was about. */
  readonly actions: readonly string[];
  readonly document: Document;
}

/** Every document that lacks one action or one of several resources. A single resource goes with its actions. */
export const removals = (document: Document): readonly Mutation[] =>
  document.Statement.flatMap((statement, index) => {
    const actions = list(statement.Action);
    const resources = list(statement.Resource);
    return [
      ...actions.map((word) => ({
        kind: 'action' as const,
        word,
        actions: [word],
        document: replaced(document, index, { ...statement, Action: without(actions, word) }),
      })),
      ...(resources.length < 2 ? [] : resources).map((word) => ({
        kind: 'resource' as const,
        word,
        actions,
        document: replaced(document, index, { ...statement, Resource: without(resources, word) }),
      })),
    ];
  });

/** A resource of a statement, and the document in which it is `*`. */
export interface Widening {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly document: Document;
}

export const widenings = (document: Document): readonly Widening[] =>
  document.Statement.flatMap((statement, index) =>
    list(statement.Resource).map((resource) => ({
      actions: list(statement.Action),
      resource,
      document: replaced(document, index, { ...statement, Resource: ['*'] }),
    })),
  );

/** RAM takes no document without statements and no statement without actions: what is left empty allows nothing. */
function replaced(document: Document, index: number, statement: Statement): Document {
  const kept = list(statement.Action).length === 0 ? { ...statement, Action: ['none:Nothing'] } : statement;
  return { ...document, Statement: document.Statement.with(index, kept) };
}

const without = (words: readonly string[], word: string): readonly string[] =>
  words.filter((one) => one !== word);

export const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
