import type { KubeObject, Parameter } from '../../kubeblocks/objects';
import { RESOURCES } from '../resources';
import { edit, patchStatus, read, readAll, refOf } from '../runtime/edits';
import type { Controller, World } from '../world';
import { parameterFault } from './parameters';
import type { Actions, Method } from './shapes';

export interface Template extends KubeObject {
  readonly spec?: {
    readonly compDefs?: readonly string[];
    readonly backupMethods?: readonly Method[];
    readonly schedules?: readonly { readonly name?: string; readonly backupMethod: string; readonly parameters?: readonly Parameter[] }[];
  };
  readonly status?: { readonly phase?: string; readonly message?: string };
}

/**
 * Labels the template with the component definitions it is for, and checks methods and schedules
 * (`controllers/dataprotection/backuppolicytemplate_controller.go` of 1.0; `status.matchedCompDefs` came with 1.1).
 */
export const backupPolicyTemplateController: Controller = {
  name: 'backup-policy-template',
  watches: [
    { resource: RESOURCES.backupPolicyTemplate },
    { resource: RESOURCES.actionSet, keys: (_actionSet, world) => readAll(world, RESOURCES.backupPolicyTemplate).map(refOf) },
    {
      resource: RESOURCES.componentDefinition,
      keys: ({ metadata }, world) =>
        readAll<Template>(world, RESOURCES.backupPolicyTemplate)
          .filter((template) => isTemplateFor(template, metadata.name))
          .map(refOf),
    },
  ],
  reconcile(ref, world) {
    const template = read<Template>(world, RESOURCES.backupPolicyTemplate, ref);
    if (template === undefined) return undefined;
    const matched = readAll(world, RESOURCES.componentDefinition)
      .map(({ metadata }) => metadata.name)
      .filter((name) => isTemplateFor(template, name));
    const current = edit(world, RESOURCES.backupPolicyTemplate, template, {
      labels: Object.fromEntries(matched.map((name) => [name, name])),
    });
    const message = faults(current, world);
    patchStatus(world, RESOURCES.backupPolicyTemplate, current, {
      phase: message === '' ? 'Available' : 'Unavailable',
      message: message === '' ? undefined : message,
      observedGeneration: current.metadata.generation,
    });
    return undefined;
  },
};

export function isTemplateFor({ spec }: Template, componentDefinition: string): boolean {
  return (spec?.compDefs ?? []).some((pattern) => isPrefixOrRegexMatched(componentDefinition, pattern));
}

/** `pkg/controller/component` PrefixOrRegexMatched: a prefix, or a regular expression that finds a match. */
export function isPrefixOrRegexMatched(name: string, pattern: string): boolean {
  if (name.startsWith(pattern)) return true;
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

function faults({ spec }: Template, world: World): string {
  const methods = spec?.backupMethods ?? [];
  const schedules = spec?.schedules ?? [];
  return [
    ...methods.map((method) => methodFault(method, world)),
    scheduleNamesFault(schedules.map(({ name, backupMethod }) => name ?? backupMethod)),
    ...schedules.map((schedule) => scheduleFault(schedule, methods, world)),
  ].join('');
}

function methodFault(method: Method, world: World): string {
  const actionSet = method.actionSetName ?? '';
  if (actionSet === '') return method.snapshotVolumes === false ? `backupMethod "${method.name}" is missing an ActionSet name;` : '';
  return world.store.get(RESOURCES.actionSet, { name: actionSet }) === undefined ? `ActionSet "${actionSet}" not found;` : '';
}

function scheduleNamesFault(names: readonly string[]): string {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? '' : `fails to validate schedule name: schedule name ${twice} is duplicated;`;
}

function scheduleFault(
  schedule: { readonly backupMethod: string; readonly parameters?: readonly Parameter[] },
  methods: readonly Method[],
  world: World,
): string {
  const method = methods.find(({ name }) => name === schedule.backupMethod);
  if (method === undefined) return `backupMethod "${schedule.backupMethod}" not found in the spec.backupMethods;`;
  const actionSet = read<Actions>(world, RESOURCES.actionSet, { name: method.actionSetName ?? '' });
  const fault = actionSet === undefined ? undefined : parameterFault(actionSet, schedule.parameters ?? [], 'backup');
  return fault === undefined ? '' : `fails to validate parameters of backupMethod "${schedule.backupMethod}": ${fault};`;
}
