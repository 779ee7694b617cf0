import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaneApiError, type LaneApi } from '../../cluster/lane/laneApi';
import type { Candidate } from './mutations';

/** By candidate: `accepted`, or status and message. */
export type Answers = Readonly<Record<string, string>>;

const GOLDEN = join(__dirname, '../../fixtures/conformance/admission-1.0.json');


/** There on both sides. */
export const ADMISSION_NAMESPACE = 'default';

/** What a server says to each, with nothing kept of it. */
export async function answersOf(api: LaneApi, candidates: readonly Candidate[]): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const candidate of candidates) answers[candidate.name] = await answerTo(api, candidate);
  return answers;
}

async function answerTo(api: LaneApi, { path, object, change }: Candidate): Promise<string> {
  if (change === undefined) return said(() => api.create(`${path}${TRIED}`, object));
  await api.create(path, object);
  const own = `${path}/${(object as { readonly metadata: { readonly name: string } }).metadata.name}`;
  try {
    return await said(() => api.patch(`${own}${TRIED}`, change));
  } finally {
    await api.delete(own);
  }
}

const TRIED = '?dryRun=All&fieldValidation=Strict';

async function said(ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof LaneApiError)) throw error;
    return `${error.status} ${inOrder(withoutObject(error.message.slice(error.message.indexOf(': ') + 2)))}`;
  }
}

/** A patch that cannot be decoded is answered with the whole object, its uid and its times. */
function withoutObject(message: string): string {
  return message.replace(/(patch: Invalid value: )"\{.*\}"/s, '$1OBJECT');
}

/** Go walks the fields of an object in no fixed order, and so lists what is wrong with them. */
function inOrder(message: string): string {
  const [, head, list] = /^(.* is invalid: )\[(.*)\]$/s.exec(message) ?? [];
  return head === undefined || list === undefined ? message : `${head}[${list.split(/, (?=(?:spec|metadata|<nil>)[.:[ ])/).sort().join(', ')}]`;
}

export function readAnswers(): Answers {
  return existsSync(GOLDEN) ? (JSON.parse(readFileSync(GOLDEN, 'utf8')) as Answers) : {};
}

export function writeAnswers(answers: Answers): void {
  writeFileSync(GOLDEN, `${JSON.stringify(answers, null, 1)}\n`);
}
