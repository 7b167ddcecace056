import { createRequester, localCloud, NotDoneError } from 'dms-handshake/client';

const options = process.argv.includes('--local') ? await localCloud() : { ownerUid: '2000000000000002' };
const requester = createRequester(options);

try {
  const reply = await requester.request({ engines: ['redis', 'lindorm'], reference: 'TICKET-42' });
  console.log(`the ARN for DMS: ${reply.data.roleArn}`);
  console.log(reply.data.checks.map(({ id, status }) => `${id} ${status}`).join('\n'));
} catch (error) {
  if (!(error instanceof NotDoneError)) throw error;
  console.error(`account B said no: ${error.problem?.code}: ${error.message}`);
  process.exitCode = 1;
}
