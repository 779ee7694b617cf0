import type { Scenario } from './scenario';
import { applying } from './scenarios/applying';
import { deleting } from './scenarios/deleting';
import { discovering } from './scenarios/discovering';
import { reading } from './scenarios/reading';
import { validating } from './scenarios/validating';
import { writing } from './scenarios/writing';

export const SCENARIOS: readonly Scenario[] = [...discovering, ...reading, ...writing, ...applying, ...validating, ...deleting];
