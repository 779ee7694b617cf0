import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { createClusterSource } from '../../../src/kubernetes/clusterSource';
import { FakeApiServer, TOKEN } from '../../support/fakeApiServer';
import { ManualClock } from '../../support/manualClock';
import { RecordingLogger } from '../../support/recordingLogger';

describe('A source of clusters', () => {
  let folder: string;
  let logger: RecordingLogger;
  let clock: ManualClock;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'source-'));
    logger = new RecordingLogger();
    clock = new ManualClock();
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const sourceOf = (...files: string[]): ReturnType<typeof createClusterSource> =>
    createClusterSource({ logger, clock, env: { KUBECONFIG: files.join(path.delimiter) }, random: () => 0.5 });

  it('has no contexts where there is no file', async () => {
    assert.deepEqual((await sourceOf(path.join(folder, 'none')).read(undefined)).contexts, []);
  });

  it('rejects when the only file is broken, and logs nothing of it', async () => {
    const file = path.join(folder, 'broken');
    await writeFile(file, `users: [{user: {token: ${TOKEN}`);
    await assert.rejects(sourceOf(file).read(undefined), /is not valid YAML/);
    assert.ok(logger.lines.length > 0 && !logger.lines.some((line) => line.includes(TOKEN)));
  });

  it('connects to a context of a chosen file', async () => {
    const server = await FakeApiServer.start();
    const file = path.join(folder, 'config');
    await writeFile(file, server.kubeconfig);
    const session = await sourceOf().connect(file, 'fake');
    try {
      await clock.until(() => session.inventory.clusters.state.state === 'ready', 'it is connected');
    } finally {
      session.dispose();
      await server.close();
    }
  });

  it('sends nothing before it is connected', async () => {
    const server = await FakeApiServer.start();
    const file = path.join(folder, 'config');
    await writeFile(file, server.kubeconfig);
    await sourceOf(file).read(undefined);
    assert.deepEqual(server.requests, []);
    await server.close();
  });
});
