import * as l10n from '@vscode/l10n';
import type { KubernetesApi } from '../../kubernetes/api';
import { AppError } from '../../operations/appError';

/** What a person said about a context in the settings. */
export type ContextRule = 'readOnly' | 'protected';

export interface ContextRuleSettings {
  /** Names of contexts, in which `*` stands for any text. */
  readonly readOnlyContexts: readonly string[];
  readonly protectedContexts: readonly string[];
}

/**
 * Keeps contexts from being changed: in a read-only one nothing is, in a protected one only what `change` was asked for.
 * Every write of the extension goes through `guard`, so that no command can forget to ask.
 */
export class ContextRules {
  private readonly allowed = new Map<string, number>();

  constructor(private readonly settings: () => ContextRuleSettings) {}

  /** Read-only goes before protected. */
  of(context: string): ContextRule | undefined {
    const { readOnlyContexts, protectedContexts } = this.settings();
    if (readOnlyContexts.some((pattern) => matches(pattern, context))) {
      return 'readOnly';
    }
    return protectedContexts.some((pattern) => matches(pattern, context)) ? 'protected' : undefined;
  }

  /** Throws where the context may not be changed at all. */
  requireChangeable(context: string): void {
    if (this.of(context) === 'readOnly') {
      throw readOnly(context);
    }
  }

  /** Runs something that changes the context, which a person has agreed to. */
  async change<T>(context: string, task: () => Promise<T>): Promise<T> {
    this.requireChangeable(context);
    this.allowed.set(context, (this.allowed.get(context) ?? 0) + 1);
    try {
      return await task();
    } finally {
      this.allowed.set(context, (this.allowed.get(context) ?? 1) - 1);
    }
  }

  /** The API, with every write that was not agreed to refused before it is sent. Dry runs store nothing and pass. */
  guard(context: string, api: KubernetesApi): KubernetesApi {
    const check = (options: { readonly dryRun?: boolean } | undefined): void => {
      if (options?.dryRun === true) {
        return;
      }
      this.requireChangeable(context);
      if (this.of(context) === 'protected' && (this.allowed.get(context) ?? 0) === 0) {
        throw new AppError('protected', l10n.t('{0} was not changed: it is a protected context, and its name was not typed. Start again.', context));
      }
    };
    return {
      get: (...args) => api.get(...args),
      listPages: (...args) => api.listPages(...args),
      podLog: (...args) => api.podLog(...args),
      canI: (...args) => api.canI(...args),
      getPath: (...args) => api.getPath(...args),
      create: async (resource, object, options) => {
        check(options);
        return api.create(resource, object, options);
      },
      patch: async (resource, name, namespace, patch, options) => {
        check(options);
        return api.patch(resource, name, namespace, patch, options);
      },
      apply: async (resource, object, options) => {
        check(options);
        return api.apply(resource, object, options);
      },
      delete: async (resource, name, namespace, options) => {
        check(options);
        return api.delete(resource, name, namespace, options);
      },
    };
  }
}

function readOnly(context: string): AppError {
  return new AppError(
    'readOnly',
    l10n.t('{0} was not changed: the setting kubeblocksBackup.contexts.readOnly names it. Choose another context, or take it out of the setting.', context),
    { action: { kind: 'chooseContext' } },
  );
}

function matches(pattern: string, context: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return pattern !== '' && new RegExp(`^${parts.join('.*')}$`, 's').test(context);
}
