import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageParameter, StorageProviders, StorageProviderShape } from '../src/manifest/storageProviders';

/**
 * `npx tsx scripts/storageProviders.ts FILE`: writes schemas/storageProviders.json from the parameter schemas of the
 * providers that each KubeBlocks release brings (`{release: {provider: {accessMethods, parameters, required,
 * credentialFields}}}`). Structure only; texts are left out.
 */
const RELEASES: readonly (readonly [line: string, release: string])[] = [
  ['0.7', 'v0.7.5'],
  ['0.8', 'v0.8.4'],
  ['0.9', 'v0.9.5'],
  ['1.0', 'v1.0.2'],
  ['1.1', 'v1.0.2'],
  ['1.2', 'HEAD'],
];

interface GivenShape extends Omit<StorageProviderShape, 'credentialFields'> {
  readonly credentialFields?: readonly string[] | null;
}

function shapeOf({ accessMethods, parameters, required, credentialFields }: GivenShape): StorageProviderShape {
  return {
    accessMethods,
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameterOf(parameter)])),
    required,
    credentialFields: credentialFields ?? [],
  };
}

function parameterOf(parameter: StorageParameter): StorageParameter {
  return { type: parameter.type, ...(parameter.default !== undefined && { default: parameter.default }), ...(parameter.enum && { enum: parameter.enum }) };
}

function main(file: string | undefined): number {
  if (file === undefined) {
    process.stderr.write('usage: npx tsx scripts/storageProviders.ts FILE\n');
    return 2;
  }
  const given = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, GivenShape>>;
  const lines = RELEASES.map(([line, release]): [string, StorageProviders] => [
    line,
    Object.fromEntries(Object.entries(given[release] ?? {}).map(([name, shape]) => [name, shapeOf(shape)])),
  ]);
  const text = lines.map(([line, providers]) => `${JSON.stringify(line)}: ${JSON.stringify(providers)}`).join(',\n');
  writeFileSync(join(__dirname, '..', 'schemas', 'storageProviders.json'), `{\n${text}\n}\n`);
  return 0;
}

process.exitCode = main(process.argv[2]);
