import { mkdirSync, readFileSync, rmSync } from 'node:fs';
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
