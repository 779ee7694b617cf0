import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OUT } from '../setup/project.mjs';

/**
 * What a lane left behind (written by test/support/recordRun.ts).
 * @typedef {{ passed: string[], failed: { title: string, suite: string, error: string }[], notRun: string[], seconds: number }} RunRecord
 */

/**
 * A fresh file for a lane's record.
 * @param {string} lane
 */
export function recordFile(lane) {
  const file = path.join(OUT, 'records', `${lane}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {RunRecord | undefined}
 */
export function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Writes one record of runs that went on beside each other. Without a record of each there is none: something did not run.
 * @param {string} file
 * @param {readonly string[]} parts their records' files
 */
export function joinRecords(file, parts) {
  const records = parts.map(readRecord).filter((record) => record !== undefined);
  for (const part of parts) rmSync(part, { force: true });
  if (records.length < parts.length) return;
  const joined = {
    passed: records.flatMap(({ passed }) => passed),
    failed: records.flatMap(({ failed }) => failed),
    notRun: records.flatMap(({ notRun }) => notRun),
    seconds: Math.max(...records.map(({ seconds }) => seconds)),
  };
  writeFileSync(file, JSON.stringify(joined, null, 1));
}
