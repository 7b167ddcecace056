/** The options that stand for the fields of a request. */
const OPTIONS: Readonly<Record<string, string>> = {
  requesterUid: '--requester',
  engines: '--engines',
  access: '--access',
  connections: '--connections',
  expiresAt: '--expires',
  users: '--users',
  instances: '--instances',
  readOnly: '--read-only',
  requestId: '--request-id',
  reference: '--reference',
  breakGlass: '--break-glass',
};

/**
 * A refusal of a request in the words of the command line: `leave "users" out` becomes `leave --users out`, and a fault of
 * `expiresAt` one of `--expires`.
 */
export function optionWords(detail: string): string {
  const fields = Object.keys(OPTIONS).join('|');
  return detail
    .replaceAll(new RegExp(`"(${fields})": (?:"([^"]*)"|true)`, 'g'), (_, field: string, value?: string) =>
      value === undefined ? word(field) : `${word(field)} ${value}`,
    )
    .replaceAll(new RegExp(`"(${fields})"`, 'g'), (_, field: string) => word(field))
    .replaceAll(
      new RegExp(`(^|; )(${fields})(\\[\\d+\\]|\\.[\\w-]+)*(?= (is|has)\\b|:)`, 'g'),
      (_, before: string, field: string) => `${before}${word(field)}`,
    );
}

const word = (field: string): string => OPTIONS[field] ?? field;
