import * as l10n from '@vscode/l10n';
import type { App } from '../app';
import type { Answer, Choice, Position } from '../prompts/prompts';
import type { Step } from '../prompts/steps';

/** Something that may be left as it is. */
export interface Setting<S> {
  readonly name: string;
  /** How it is now. */
  readonly now: string;
  readonly detail?: string;
  readonly icon: string;
  readonly ask: Step<S>;
}

/** Settings that may be left as they are, together in one step: most people need none of them. The one named `first` is asked about at once. */
export function askFurtherSettings<S>(app: App, title: (draft: S) => string, settingsOf: (draft: S) => readonly Setting<S>[], first?: string): Step<S> {
  let asked = first;
  return async (draft, position) => {
    let current = draft;
    for (;;) {
      const settings = settingsOf(current);
      const wanted = settings.find(({ name }) => name === asked) ?? 'go';
      asked = undefined;
      const chosen: Answer<Setting<S> | 'go'> = wanted === 'go' ? await pickSetting(app, title(current), settings, position) : { kind: 'value', value: wanted };
      if (chosen.kind !== 'value') {
        return chosen;
      }
      if (chosen.value === 'go') {
        return { kind: 'value', value: current };
      }
      const answer = await chosen.value.ask(current, { ...position, canGoBack: true });
      if (answer.kind === 'cancelled') {
        return answer;
      }
      current = answer.kind === 'value' ? answer.value : current;
    }
  };
}

function pickSetting<S>(app: App, title: string, settings: readonly Setting<S>[], position: Position): Promise<Answer<Setting<S> | 'go'>> {
  return app.prompts.pick<Setting<S> | 'go'>({
    title,
    placeholder: l10n.t('Choose one to change it, or go on'),
    choices: [
      { label: l10n.t('Go On'), description: l10n.t('with the settings below'), icon: 'arrow-right', value: 'go' },
      ...settings.map((setting): Choice<Setting<S>> => ({ label: setting.name, description: setting.now, ...(setting.detail === undefined ? {} : { detail: setting.detail }), icon: setting.icon, value: setting })),
    ],
    active: (value) => value === 'go',
    position,
  });
}
