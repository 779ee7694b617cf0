import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'weaviate', full: ['volume-snapshot'] });
