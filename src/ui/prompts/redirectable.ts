import type { Prompts } from './prompts';

/** Prompts that a test can answer instead of the person. */
export function redirectable(usual: Prompts): Prompts & { readonly redirect: (other: Prompts | undefined) => void } {
  let prompts = usual;
  return {
    pick: (request) => prompts.pick(request),
    pickMany: (request) => prompts.pickMany(request),
    input: (request) => prompts.input(request),
    busy: (request, task) => prompts.busy(request, task),
    focus: () => prompts.focus(),
    confirm: (request) => prompts.confirm(request),
    tell: (level, message, actions) => prompts.tell(level, message, actions),
    redirect: (other) => {
      prompts = other ?? usual;
    },
  };
}
