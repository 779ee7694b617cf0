import type { Said } from './kbcli';

/** What no two clusters share: times, ages, durations, made-up parts of names, UIDs, sizes that a stand-in made up. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/\u001b\[[0-9;]*m/g, ''],
  [/\b[A-Z][a-z]{2} \d{2},\d{4} \d{2}:\d{2}(?::\d{2})? UTC[+-]\d{4}/g, 'TIME'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| \+0000 UTC)?/g, 'TIME'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID'],
  [/\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+s\b/g, 'DURATION'],
  [/\b(pvc-[a-z-]+)-[a-z0-9]{6}\b/g, '$1-RANDOM'],
  [/-[0-9a-f]{8}\b/g, '-HASH'],
  [/\b(?:\d{5,}|\d+(?:\.\d+)? [kMG]B)(?![-\w])/g, 'BYTES'],
];

/** What it said, with single blanks between columns, whose width is that of what is masked. */
export function masked({ stdout, stderr, code }: Said): string {
  const plain = (text: string): string => MASKS.reduce((masking, [what, instead]) => masking.replace(what, instead), text).replaceAll(/[ \t]+/g, ' ').replaceAll(/ $/gm, '').trim();
  return [plain(stdout), ...(stderr.trim() === '' ? [] : [`stderr: ${plain(stderr)}`]), ...(code === 0 ? [] : [`ends with ${String(code)}`])].join('\n');
}

/** The lines that only one of two texts has, or has more often, marked with whose they are. */
export function differences(real: string, simulated: string): readonly string[] {
  return [...only(real, simulated, 'real:'), ...only(simulated, real, 'playground:')];
}

function only(text: string, other: string, mark: string): readonly string[] {
  const others = other.split('\n');
  return text.split('\n').flatMap((line) => {
    const at = others.indexOf(line);
    if (at < 0) return [`${mark} ${line}`];
    others.splice(at, 1);
    return [];
  });
}
