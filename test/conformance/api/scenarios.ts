import type { Scenario } from './scenario';
import { applying } from './scenarios/applying';
import { writing } from './scenarios/writing';

export const SCENARIOS: readonly Scenario[] = [...writing, ...applying];
