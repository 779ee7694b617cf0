import { describeIncrements } from './support/describeEngine';

describeIncrements({ name: 'mariadb', full: 'physical', incremental: 'physical-incremental', log: 'binary-log' });
