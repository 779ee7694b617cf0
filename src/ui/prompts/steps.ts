import { Cancelled } from '../commandError';
import type { Answer, Position } from './prompts';

/** One question of a sequence. `S` is everything answered so far; an answer gives a new `S`. */
export type Step<S> = (state: S, position: Position) => Promise<Answer<S>>;

/**
 * Asks one question after another, with a way back. Which questions there are may depend on the answers so far (a method
 * with parameters asks for them); an answer may only change the questions after its own. Going back loses nothing: the
 * answers stay in the state, and are shown again. `startAt` is the question to begin with, where those before it are answered. Rejects with `Cancelled` when the person leaves.
 */
export async function runSteps<S>(stepsFor: (state: S) => readonly Step<S>[], initial: S, startAt = 0): Promise<S> {
  let state = initial;
  let index = startAt;
  for (;;) {
    const steps = stepsFor(state);
    const step = steps[index];
    if (step === undefined) {
      return state;
    }
    const answer = await step(state, { step: index + 1, total: steps.length, canGoBack: index > 0 });
    if (answer.kind === 'cancelled') {
      throw new Cancelled();
    }
    if (answer.kind === 'value') {
      state = answer.value;
    }
    index = Math.max(0, index + (answer.kind === 'value' ? 1 : -1));
  }
}

/** Asks one question of a sequence by itself; undefined where the person leaves. */
export async function askAlone<S>(step: Step<S>, state: S): Promise<S | undefined> {
  const answer = await step(state, { step: 1, total: 1, canGoBack: false });
  return answer.kind === 'value' ? answer.value : undefined;
}
