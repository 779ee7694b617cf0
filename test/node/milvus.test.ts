import { describeEngine } from './support/describeEngine';

describeEngine({ name: 'milvus', full: ['volume-snapshot'] });
