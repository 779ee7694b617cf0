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
  for (const { name, path, object } of candidates) answers[name] = await answerTo(api, path, object);
  return answers;
}

async function answerTo(api: LaneApi, path: string, object: object): Promise<string> {
  try {
    await api.create(`${path}?dryRun=All&fieldValidation=Strict`, object);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof LaneApiError)) throw error;
    return `${error.status} ${inOrder(error.message.slice(error.message.indexOf(': ') + 2))}`;
  }
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
