import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'prometheus', full: ['volume-snapshot'] });
