import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import type { Answer, Position } from '../prompts/prompts';

/**
 * Asks for the name of a protected context before it is changed; elsewhere nothing is asked. Throws `AppError` where the
 * context is read-only.
 */
export async function agreeToChange(app: App, context: string, title: string, position?: Position): Promise<Answer<true>> {
  app.contextRules.requireChangeable(context);
  if (app.contextRules.of(context) !== 'protected') {
    return { kind: 'value', value: true };
  }
  const answer = await app.prompts.input({
    title,
    prompt: l10n.t('{0} is a protected context. Type its name to change it.', context),
    value: '',
    placeholder: context,
    validate: (text) => (text === context ? undefined : l10n.t('Type {0}, or leave with Escape.', context)),
    ...(position === undefined ? {} : { position }),
  });
  return answer.kind === 'value' ? { kind: 'value', value: true } : answer;
}
