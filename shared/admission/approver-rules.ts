import { each, keysOf, type ReadableFile, twins } from './requesters-rules.ts';

/** Faults of the list of approvers that no single field shows. */
export const approverFaults = ({ approvers, requesters }: ReadableFile): readonly string[] => [
  ...twins(approvers, 'approvers', 'name', ({ name }) => [name]),
  ...twins(approvers, 'approvers', 'publicKey', ({ publicKey }) => [publicKey], WAY_OUT),
  ...each(approvers, ({ publicKey }, index) => {
    // It would approve what it asks for.
    const asker = requesters.findIndex((one) => keysOf(one?.signing).includes(publicKey));
    return asker < 0
      ? []
      : [
          `approvers[${index}].publicKey is a key of requesters[${asker}], which could then approve its own requests; give the approver another`,
        ];
  }),
];

const WAY_OUT = 'nobody could tell which of the two said yes; give each approver a key of their own';
