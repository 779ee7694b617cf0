import { parseDocument } from 'yaml';
import { groupOf, isKubeBlocksGroup, type Dialect, type ServedKind } from '../../../src/manifest/dialect';
import { Chance } from './chance';
import { drawDamage, type Damage } from './damage';
import { drawValue } from './drawValue';
import { rewriteText, writeObject } from './writeManifest';

/** One document, as text. */
export interface DrawnManifest {
  /** What was done to it, for the list of disagreements. */
  readonly name: string;
  readonly kind: ServedKind;
  readonly text: string;
}

/** A manifest that somebody wrote, of a kind that the dialect serves. */
export interface RealManifest {
  readonly name: string;
  readonly kind: ServedKind;
  readonly text: string;
}

/** As many manifests as asked for, the same for the same seed: half of them drawn from the schemas, half real ones, most of them damaged. */
export function drawManifests(count: number, dialect: Dialect, real: readonly RealManifest[], seed: number): readonly DrawnManifest[] {
  const chance = new Chance(seed);
  const kinds = dialect.kinds.filter(({ apiVersion }) => isKubeBlocksGroup(groupOf(apiVersion)));
  return Array.from({ length: count }, () => (real.length > 0 && chance.isOneIn(2) ? drawReal(real, chance) : drawNew(kinds, chance)));
}

function drawNew(kinds: readonly ServedKind[], chance: Chance): DrawnManifest {
  const kind = chance.pick(kinds);
  const properties = Object.fromEntries(Object.entries(kind.schema.properties ?? {}).filter(([key]) => key !== 'metadata' && key !== 'status'));
  const content = drawValue({ ...kind.schema, properties }, chance) as Record<string, unknown>;
  const object = { ...content, apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: 'drawn', ...(kind.namespaced && chance.isOneIn(2) && { namespace: 'default' }) } };
  const damages = drawDamages(object, kind, chance);
  return { name: nameOf('drawn', kind, damages), kind, text: writeObject(object, damages, chance) };
}

function drawReal(real: readonly RealManifest[], chance: Chance): DrawnManifest {
  const { name, kind, text } = chance.pick(real);
  const damages = drawDamages(parseDocument(text, { version: '1.1' }).toJS(), kind, chance);
  return { name: nameOf(name, kind, damages), kind, text: rewriteText(text, damages, chance) };
}

/** What says neither its kind nor its version any more is no manifest that anybody could know for one of KubeBlocks'. */
function drawDamages(object: unknown, kind: ServedKind, chance: Chance): readonly Damage[] {
  const drawn = Array.from({ length: chance.pick([0, 1, 1, 1, 1, 2]) }, () => drawDamage(object, kind.schema, chance));
  return drawn.filter((damage, index) => !isOfHead(damage) || drawn.findIndex(isOfHead) === index);
}

function isOfHead({ what }: Damage): boolean {
  return what === 'head';
}

function nameOf(origin: string, { kind, apiVersion }: ServedKind, damages: readonly Damage[]): string {
  const done = damages.map(({ what, path, value }) => `${what}: ${path.join('.')} = ${value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)}`);
  return `${kind} ${apiVersion} (${origin}): ${done.length === 0 ? 'as it was' : done.join('; ')}`;
}
