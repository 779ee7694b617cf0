import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'postgresql', full: ['base-backup', 'volume-snapshot'], log: { method: 'archive-wal', base: 'base-backup' } });
