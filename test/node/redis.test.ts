import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'redis', full: ['dump', 'volume-snapshot'], log: { method: 'append-only-log' } });
