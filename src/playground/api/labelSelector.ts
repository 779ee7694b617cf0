import type { KubeObject } from '../../kubeblocks/objects';
import { faultsOfQualifiedName } from '../admission/metadata/names';
import { badRequest } from '../store/statusErrors';

type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k` (`k8s.io/apimachinery/pkg/labels`). Throws 400 where it cannot be read. */
export function parseLabelSelector(text: string): (object: KubeObject) => boolean {
  const requirements = splitOutsideParentheses(text).map((part) => parseRequirement(part.trim()));
  return ({ metadata }) => requirements.every((holds) => holds(metadata.labels ?? {}));
}

function splitOutsideParentheses(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.split(/,(?![^(]*\))/);
}

const KEY = String.raw`[-A-Za-z0-9_./]+`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?`;
const NAMED = new RegExp(`^!?\\s*(${KEY})`);
const EXISTS = new RegExp(`^(!?)\\s*(${KEY})$`);
const EQUALITY = new RegExp(`^(${KEY})\\s*(=|==|!=)\\s*(${VALUE})$`);
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const COMPARISON = new RegExp(`^(${KEY})\\s*(>|<)\\s*(-?\\d+)$`);

function parseRequirement(text: string): Requirement {
  const [, key = ''] = NAMED.exec(text) ?? [];
  const [fault] = key === '' ? [] : faultsOfQualifiedName(key);
  if (fault !== undefined) throw badRequest(`unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(key)}: ${fault}`);
  return parseExists(text) ?? parseEquality(text) ?? parseSet(text) ?? parseComparison(text) ?? unreadable(text);
}

function parseExists(text: string): Requirement | undefined {
  const [, not, key = ''] = EXISTS.exec(text) ?? [];
  return not === undefined ? undefined : (labels) => key in labels === (not === '');
}

function parseEquality(text: string): Requirement | undefined {
  const [, key, operator, value = ''] = EQUALITY.exec(text) ?? [];
  if (key === undefined) return undefined;
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

function parseSet(text: string): Requirement | undefined {
  const [, key, operator, list = ''] = SET.exec(text) ?? [];
  if (key === undefined) return undefined;
  const values = new Set(list.split(',').map((value) => value.trim()));
  return ({ [key]: label }) => (label !== undefined && values.has(label)) === (operator === 'in');
}

function parseComparison(text: string): Requirement | undefined {
  const [, key, operator, bound] = COMPARISON.exec(text) ?? [];
  if (key === undefined) return undefined;
  return ({ [key]: label }) => {
    if (label === undefined || !/^-?\d+$/.test(label)) return false;
    return operator === '>' ? Number(label) > Number(bound) : Number(label) < Number(bound);
  };
}

function unreadable(text: string): never {
  const [, second = ''] = /^\S+\s+(\S+)/.exec(text) ?? [];
  throw badRequest(`unable to parse requirement: found '${second === '' ? text : second}', expected: in, notin, =, ==, !=, gt, lt`);
}
