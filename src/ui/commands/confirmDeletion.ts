import type { Confirm } from '../../operations/ports';
import type { App } from '../app';
import { agreeToChange } from './agreeToChange';

/** Asks in a dialog; a protected context's name is asked for with the first question. */
export function confirmDeletion(app: App, context: string, title: string): Confirm {
  let isNamed = false;
  return {
    ask: async ({ message, detail, agree }) => {
      if (!(await app.prompts.confirm({ message, detail, accept: agree }))) {
        return false;
      }
      isNamed ||= (await agreeToChange(app, context, title)).kind === 'value';
      return isNamed;
    },
  };
}
