import { onDemandConfigNotFound } from '../errors.ts';
import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** Throws 404 `FunctionNotFound` and `OnDemandConfigNotFound`. */
export const getConcurrencyConfig: FcOperation = {
  name: 'GetConcurrencyConfig',
  kind: 'read',
  page: 'GetConcurrencyConfig - Query the concurrency of a function',
  method: 'GET',
  path: '/functions/:function/concurrency',
  resource: 'functions/:function',
  run: (call) => {
    const { arn, name, reservedConcurrency } = functionOf(call);
    if (reservedConcurrency === null) throw onDemandConfigNotFound(name);
    return jsonAnswer(call, { functionArn: arn, reservedConcurrency });
  },
};
