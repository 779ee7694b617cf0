import { Environment } from '@marcbachmann/cel-js';
import type { StructuralSchema } from '../../../kubeblocks/schema/crd';
import { fieldSchema } from '../fieldSchema';
import { isObject, mapValues } from '../json';

export interface Variables {
  readonly self: unknown;
  readonly oldSelf?: unknown;
}

/** What an expression comes to, or the words of cel-go for why it comes to nothing. */
export type Evaluation = { readonly value: unknown } | { readonly error: string };

type Program = (variables: Variables) => unknown;

const programs = new Map<string, Program>();
let environment: Environment | undefined;

/** Compiles at first use; expressions come from the bundled schemas only, so their number is bounded. */
export function evaluate(expression: string, variables: Variables): Evaluation {
  let program = programs.get(expression);
  try {
    if (program === undefined) {
      environment ??= new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
      program = environment.parse(expression) as Program;
      programs.set(expression, program);
    }
    return { value: program(variables) };
  } catch (error) {
    const alone = firstOperand(expression);
    const first = alone === undefined ? undefined : evaluate(alone, variables);
    return first !== undefined && 'error' in first ? first : { error: goWords(error instanceof Error ? error.message : String(error)) };
  }
}

/** Where both sides of an `||` fail, cel-go tells of the first: what stands before it, outside of parentheses and strings. */
function firstOperand(expression: string): string | undefined {
  const [first, ...rest] = expression.replace(/'[^']*'|\([^()]*\)/g, (part) => part.replaceAll('|', ' ')).split('||');
  return rest.length === 0 || first === undefined ? undefined : expression.slice(0, first.length);
}

function goWords(message: string): string {
  const [first = ''] = message.split('\n');
  return first.charAt(0).toLowerCase() + first.slice(1);
}

/** The value with its whole numbers as CEL's integers, as the schema types them. */
export function celValue(value: unknown, schema: StructuralSchema | undefined): unknown {
  if (typeof value === 'number') return schema?.type === 'number' || !Number.isInteger(value) ? value : BigInt(value);
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (!isObject(value)) return value;
  return mapValues(value, (part, key) => celValue(part, schema && fieldSchema(schema, key)));
}
