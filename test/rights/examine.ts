import { evaluateDocuments } from '../../local/cloud/evaluate/statement.ts';
import type { Account } from '../../local/cloud/world.ts';
import type { Document } from '../../shared/catalogue/document.ts';
import { ownerRoles } from '../../shared/installation/function-permissions.ts';
import type { InstalledRole } from '../../shared/installation/installation.ts';
import { peopleRights } from '../../shared/installation/people.ts';
import type { PersonRights } from '../../shared/installation/person.ts';
import { replyQueueRole, senderRole } from '../../shared/installation/requester-permissions.ts';
import { AT } from './at.ts';
import { type Errand, FailedStep } from './errand.ts';
import { foreignTo } from './foreign.ts';
import { type Ground, openGround, REQUESTER, under } from './ground.ts';
import { type CallsOfJourneys, callsOfJourneys, firstFailure, likelyFirst } from './journey-runs.ts';
import { type Mutation, removals, widenings } from './mutations.ts';
import { ERRANDS } from './people.ts';
import { openStage, type Stage } from './stage.ts';

/** A word of somebody's rights, and what fails without it; null where nothing does. */
export interface Finding extends Pick<Mutation, 'kind' | 'word' | 'actions'> {
  readonly fails: string | null;
}

/** Somebody with rights. */
export interface Principal {
  readonly name: string;
  readonly why: string;
  readonly permission: Document;
  readonly findings: readonly Finding[];
}

/** What only the real cloud can show. */
export const UNPROVED = 'nothing in the local cloud, which has the other name of the action';

/** Takes every word out of every document of the installation, and looks what fails then. */
export async function examine(): Promise<readonly Principal[]> {
  const at = await openGround();
  try {
    const made = await callsOfJourneys(at);
    const principals: Principal[] = [];
    for (const role of ownerRoles(AT)) principals.push(await examineRole(at, role, at.owner, made));
    principals.push(await examineRole(at, replyQueueRole(AT, REQUESTER, AT.replyTopic), at.requester, made));
    const sender = senderRole(AT, REQUESTER);
    principals.push({ ...sender, findings: await examineSender(sender) });
    for (const person of peopleRights(AT, REQUESTER)) principals.push(await examinePerson(person));
    return principals;
  } finally {
    await at.close();
  }
}

async function examineRole(
  at: Ground,
  role: InstalledRole,
  account: Account,
  made: CallsOfJourneys,
): Promise<Principal> {
  const place = { world: at.world, account, name: role.name, right: role.permission };
  const findings: Finding[] = [];
  for (const mutation of removals(role.permission)) {
    const journeys = likelyFirst(made, role.name, mutation.actions);
    findings.push({
      ...mutation,
      fails: await under(place, mutation.document, () => firstFailure(at, journeys)),
    });
  }
  return { ...role, findings };
}

/** What a requester's account sends as: seen by the errand of whoever sends. */
async function examineSender({ permission }: InstalledRole): Promise<readonly Finding[]> {
  const asker = peopleRights(AT, REQUESTER).find(({ account }) => account === 'requester');
  if (asker === undefined) throw new Error('nobody asks');
  const errand = ERRANDS.find(({ person }) => person === asker.name);
  if (errand === undefined) throw new Error(`no errand of ${asker.name}`);
  return rehearse(errand, asker, async (fails) => {
    const findings: Finding[] = [];
    for (const mutation of removals(permission))
      findings.push({ ...mutation, fails: await fails(asker.permission, mutation.document) });
    return findings;
  });
}

async function examinePerson(person: PersonRights): Promise<Principal> {
  const errands = ERRANDS.filter((one) => one.person === person.name);
  const aboutOf = ({ actions }: Mutation) =>
    errands.find(({ about }) => actions.some((action) => about?.test(action))) ??
    errands.find(({ about }) => about === undefined);
  const mutations = removals(person.permission);
  const findings = new Map<Mutation, Finding>();
  for (const errand of errands)
    await rehearse(errand, person, async (fails) => {
      const broken = await fails(person.permission);
      if (broken !== null) throw new Error(`${broken} fails under the right documents of ${person.name}`);
      for (const mutation of mutations.filter((one) => aboutOf(one) === errand)) {
        const unproved = mutation.actions.every((action) => person.unproved.includes(action));
        const failed = unproved ? UNPROVED : await fails(mutation.document);
        findings.set(mutation, { ...mutation, fails: failed });
      }
    });
  return { ...person, findings: mutations.flatMap((one) => findings.get(one) ?? []) };
}

type Fails = (permission: Document, sender?: Document) => Promise<string | null>;

/** Lets a person's errand be run under other rights, and says whether it fails, and where. */
async function rehearse<T>(
  errand: Errand,
  { account }: PersonRights,
  work: (fails: Fails) => Promise<T>,
): Promise<T> {
  const stages: Stage[] = [];
  try {
    return await work(async (permission, sender) => {
      const last = errand.repeatable ? stages.at(-1) : undefined;
      const stage = last ?? (await openStage(errand, account));
      if (stage !== last) stages.push(stage);
      return stage.run(permission, sender).then(
        () => null,
        (error: unknown) => (error instanceof FailedStep ? `${errand.name}: ${error.message}` : errand.name),
      );
    });
  } finally {
    await Promise.all(stages.map((stage) => stage.close()));
  }
}

/** A resource of somebody's rights, and what it keeps out; null for `*`. */
export interface Scope {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly foreign: string | null;
  /** Whether the document refuses the foreign object for each of the actions, and the one with `*` allows it. */
  readonly holds: boolean;
}

export const scopesOf = (permission: Document): readonly Scope[] =>
  widenings(permission).map(({ actions, resource, document }) => {
    const foreign = foreignTo(resource);
    const allowed = (one: Document, action: string) =>
      evaluateDocuments([one], { action, resource: foreign ?? '*' }, () => ({})) === 'Allow';
    const holds =
      foreign !== null &&
      actions.every((action) => !allowed(permission, action) && allowed(document, action));
    return { actions, resource, foreign, holds };
  });
