import { SetupError } from '../setup/setupError.mjs';

/**
 * A lane that is to be run.
 * @template {{ readonly name: string, readonly byName?: string }} L
 * @typedef {{ readonly lane: L, readonly isAskedFor: boolean }} Chosen `isAskedFor`: by its name, so that a run without it has failed
 */

/**
 * What a command line asks for, in the order of the lanes: `only` these, or all that need no name and `also` those; `try`
 * like `also`, but where such a lane cannot run, that is no failure.
 * @template {{ readonly name: string, readonly byName?: string }} L
 * @param {readonly L[]} lanes
 * @param {{ only?: string | undefined, also?: string | undefined, try?: string | undefined }} choice names with commas between
 * @returns {readonly Chosen<L>[]}
 */
export function chosenLanes(lanes, choice) {
  const asked = [...namesIn(choice.only), ...namesIn(choice.also)];
  const named = [...asked, ...namesIn(choice.try)];
  const unknown = named.find((name) => !lanes.some((lane) => lane.name === name));
  if (unknown !== undefined) throw new SetupError(`There is no lane "${unknown}": it is one of ${lanes.map((lane) => lane.name).join(', ')}.`);
  return lanes
    .filter((lane) => named.includes(lane.name) || (choice.only === undefined && lane.byName === undefined))
    .map((lane) => ({ lane, isAskedFor: asked.includes(lane.name) }));
}

/**
 * Those that this choice leaves out although it names no other lanes, with why.
 * @template {{ readonly name: string, readonly byName?: string }} L
 * @param {readonly L[]} lanes
 * @param {{ only?: string | undefined, also?: string | undefined, try?: string | undefined }} choice
 * @returns {readonly { readonly name: string, readonly why: string }[]}
 */
export function leftOut(lanes, choice) {
  if (choice.only !== undefined) return [];
  const chosen = new Set(chosenLanes(lanes, choice).map(({ lane }) => lane.name));
  return lanes.flatMap(({ name, byName }) => (byName === undefined || chosen.has(name) ? [] : [{ name, why: byName }]));
}

/**
 * Why a chosen lane is not run, as a sentence, or undefined: it cannot be run here, or nobody asked for it by its name and it
 * would first have to be built.
 * @param {Chosen<{ readonly name: string, readonly missing?: () => string | undefined, readonly unbuilt?: () => string | undefined }>} chosen
 */
export function whyNotRun({ lane, isAskedFor }) {
  return lane.missing?.() ?? (isAskedFor ? undefined : lane.unbuilt?.());
}

/** @param {string | undefined} list */
function namesIn(list) {
  return list?.split(',') ?? [];
}
