import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'mariadb', full: ['physical'], log: { method: 'binary-log', base: 'physical' } });
