import { isDeepStrictEqual } from 'node:util';
import type { FunctionSpec } from '../../local/host/function-spec.ts';
import type { Deployed } from '../../shared/alicloud/fc-deployed.ts';
import { functionDifferences, triggersDifferences, type Wanted } from './read-back.ts';

// Whether there is nothing to do, so that the tool need not be asked: it writes every configuration at every deployment,
// whether it differs or not. This compares all that the file can say, beyond what a deployment is called whole for: where
// Function Compute shows something in a form of its own the tool is asked, as it would have been.

export const isFunctionUnchanged = (wanted: Wanted, deployed: Deployed | null): boolean =>
  deployed !== null &&
  functionDifferences(wanted, deployed).length === 0 &&
  restOf(wanted.spec, deployed).every(([written, shown]) => isShown(written, shown));

export const areTriggersUnchanged = (wanted: Wanted, deployed: Deployed | null): boolean =>
  deployed !== null &&
  triggersDifferences(wanted, deployed).length === 0 &&
  wanted.spec.triggers.every((one) =>
    deployed.triggers.some(
      ({ triggerName, description, triggerConfig }) =>
        triggerName === one.triggerName &&
        isShown(one.description, description) &&
        isAll(one.triggerConfig, JSON.parse(triggerConfig ?? '{}')),
    ),
  );

/** What the read-back does not judge: as written, and as shown. */
const restOf = (
  spec: FunctionSpec,
  { config, asyncConfig }: Deployed,
): readonly (readonly [unknown, unknown])[] => [
  [spec.internetAccess ?? true, config.internetAccess ?? true],
  [spec.resourceGroupId ?? config.resourceGroupId, config.resourceGroupId],
  [spec.tags, config.tags],
  [spec.vpcConfig, config.vpcConfig],
  [withoutOffRule(spec.logConfig), withoutOffRule(config.logConfig)],
  [spec.instanceLifecycleConfig, config.instanceLifecycleConfig],
  [spec.asyncInvokeConfig.asyncTask ?? false, asyncConfig?.asyncTask ?? false],
];

/** The component writes the rule by which a log entry begins as `None` where the file names no log at all. */
const withoutOffRule = (log: object | null | undefined): object =>
  Object.fromEntries(Object.entries(log ?? {}).filter(([, one]) => one !== 'None'));

/** What is written is shown. What is not written is not shown either; within an object more may be. */
const isShown = (written: unknown, shown: unknown): boolean =>
  isEmpty(written)
    ? isEmpty(shown)
    : isObject(written) && isObject(shown)
      ? Object.entries(written).every(([key, one]) => isShown(one, Reflect.get(shown, key)))
      : isDeepStrictEqual(written, shown);

/** Nothing that says something is shown besides what is written, which was compared already. */
const isAll = (written: object, shown: unknown): boolean =>
  Object.entries(Object(shown)).every(([key, one]) => isEmpty(one) || key in written);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));
