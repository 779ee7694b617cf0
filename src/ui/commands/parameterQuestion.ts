import * as l10n from '@vscode/l10n';
import { parameterValueProblem, type DeclaredParameter } from '../../kubeblocks/parameters';
import type { App } from '../app';
import { mapAnswer, type Answer, type Choice, type Position } from '../prompts/prompts';
import type { Step } from '../prompts/steps';

/** Texts by parameter name; a parameter left empty is not sent. */
type Given = Readonly<Record<string, string>>;

interface WithParameters {
  readonly parameters?: Given;
}

/** Those that must be answered first; each group in the action set's order. */
export function inAskingOrder(parameters: readonly DeclaredParameter[]): readonly DeclaredParameter[] {
  return [...parameters.filter(({ required }) => required), ...parameters.filter(({ required }) => !required)];
}

export interface ParameterOptions {
  /** Typed behind dots, also where its values are known. */
  readonly secret?: boolean;
  /** What is wrong with a text; as the controller judges an action set's where absent. */
  readonly problem?: (text: string) => string | undefined;
}

/** One parameter of an action set or a storage provider: picked where its values are known, else typed and checked as the controller will. */
export function askParameter<S extends WithParameters>(app: App, parameter: DeclaredParameter, options: ParameterOptions = {}): Step<S> {
  return async (draft, position) => {
    const given = givenText(draft.parameters, parameter);
    const values = options.secret === true ? undefined : knownValues(parameter);
    const answer = values === undefined ? await typed(app, parameter, given, position, options) : await picked(app, parameter, values, given, position);
    return mapAnswer(answer, (value) => ({ ...draft, parameters: { ...draft.parameters, [parameter.name]: value } }));
  };
}

/** Undefined where any text may do. */
function knownValues({ schema }: DeclaredParameter): readonly string[] | undefined {
  if (schema.type === 'array') {
    return undefined;
  }
  if (schema.enum !== undefined && schema.enum.length > 0) {
    return schema.enum.map(String);
  }
  return schema.type === 'boolean' ? ['true', 'false'] : undefined;
}

function picked(app: App, parameter: DeclaredParameter, values: readonly string[], given: string | undefined, position: Position): Promise<Answer<string>> {
  const usual = defaultText(parameter);
  const leaveOut: Choice<string> = { label: l10n.t('Leave It Out'), icon: 'circle-slash', value: '', ...(usual === undefined ? {} : { description: l10n.t('its default is {0}', usual) }) };
  const choices = values.map((value): Choice<string> => ({ label: value, value, ...(value === usual ? { description: l10n.t('default') } : {}) }));
  return app.prompts.pick({
    title: titleOf(parameter),
    placeholder: promptOf(parameter),
    choices: parameter.required ? choices : [...choices, leaveOut],
    active: (value) => value === (given ?? usual ?? (parameter.required ? undefined : '')),
    position,
  });
}

function typed(app: App, parameter: DeclaredParameter, given: string | undefined, position: Position, { secret = false, problem }: ParameterOptions): Promise<Answer<string>> {
  const { name, required } = parameter;
  return app.prompts.input({
    title: titleOf(parameter),
    prompt: promptOf(parameter),
    placeholder: defaultText(parameter) ?? '',
    value: given ?? '',
    ...(secret ? { password: true } : {}),
    validate: problem ?? ((text) => (text === '' ? (required ? l10n.t('{0} is needed.', name) : undefined) : parameterValueProblem(parameter, text))),
    position,
  });
}

function titleOf({ name }: DeclaredParameter): string {
  return l10n.t('Parameter {0}', name);
}

function promptOf(parameter: DeclaredParameter): string {
  const { schema, required } = parameter;
  const usual = defaultText(parameter);
  const need = required ? l10n.t('needed') : usual === undefined ? l10n.t('may be left empty') : l10n.t('may be left empty; its default is {0}', usual);
  return schema.description === undefined ? need : l10n.t('{0} ({1})', schema.description, need);
}

function givenText(given: Given = {}, { name }: DeclaredParameter): string | undefined {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

/** How a parameter that may be left out is now. */
export function settingText(given: Given | undefined, parameter: DeclaredParameter): string {
  const text = givenText(given, parameter) ?? '';
  const usual = defaultText(parameter);
  return text !== '' ? text : usual === undefined ? l10n.t('left out') : l10n.t('{0} (default)', usual);
}

/** The default of a parameter, as it is typed; undefined without one. */
function defaultText({ schema }: DeclaredParameter): string | undefined {
  return schema.default === undefined ? undefined : typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default);
}
